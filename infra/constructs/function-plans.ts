import type { TableAccess } from "./table.ts";

export interface FunctionPlan {
  readonly loses: string;
  readonly timeoutSeconds: number;
  readonly table?: TableAccess;
  readonly losesPerEvent?: string;
  readonly isAsynchronous?: boolean;
}

/** A transaction needs the permissions of the single actions it is made of; there is no other for it. */
const transactions = ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"] as const;
const reads = ["GetItem", "BatchGetItem", "Query"] as const;

/**
 * For functions that carry out the rest of a change before they answer: 5 s of it at most (docs/adr/0012), after what the
 * request itself takes. The gateway waits 30 s.
 */
const withTheRestOfAChange = 20;

/** Every function of the system: what breaks for people without it, how long it may take, what it may touch. */
export const functionPlans = {
  invite: {
    loses: "chat admins cannot invite anybody, nor list or revoke invitations",
    // A hundred addresses, one transaction after the other; the gateway waits 30 s.
    timeoutSeconds: 28,
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  accept: {
    loses: "invited people cannot see, accept or decline their invitation",
    timeoutSeconds: withTheRestOfAChange,
    // The index: what a change in the organization's people still has to bring about looks for a group's shares in it.
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  role: {
    loses:
      "roles, rights and removals are not applied, so that somebody keeps access that was to be taken away",
    timeoutSeconds: withTheRestOfAChange,
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  organization: {
    loses: "people cannot open their organizations, figures and audit log",
    timeoutSeconds: withTheRestOfAChange,
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  channel: {
    loses: "people cannot see, open or change channels and groups, nor who is in them",
    // A thousand people or a whole group, one transaction after the other; the gateway waits 30 s.
    timeoutSeconds: 28,
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  share: {
    loses: "people cannot share mail addresses, change who uses them, nor take that away",
    timeoutSeconds: withTheRestOfAChange,
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  message: {
    loses: "people cannot read channels, post by HTTP or get a ticket for the live connection",
    timeoutSeconds: 10,
    // The index: people by their handle, what was changed, who follows a thread.
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  command: {
    loses: "people cannot use slash commands, nor see which there are",
    timeoutSeconds: withTheRestOfAChange,
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  socket: {
    loses: "messages written in an open window are not stored, and nobody comes online",
    timeoutSeconds: 10,
    // What a frame does is what the same request does by HTTP.
    table: { items: [...reads, ...transactions], queriesIndex: true },
  },
  "socket-authorizer": {
    loses: "nobody can open a live connection, so that new messages show after a reload only",
    timeoutSeconds: 5,
    table: { items: ["DeleteItem"] },
  },
  relay: {
    loses: "people who are online do not see new messages, and removed people stay connected",
    // A burst to tens of thousands of connections, and what others have left to it meanwhile (docs/adr/0033).
    timeoutSeconds: 150,
    table: { items: [...reads, "UpdateItem"], queriesIndex: true },
    losesPerEvent: "a change was not delivered live, and the people concerned see it after a reload only",
  },
  assistant: {
    loses: "newcomers are not welcomed, and nobody gets an answer from the assistant",
    // Several questions of one conversation, one after the other, each with an endpoint's 20 s.
    timeoutSeconds: 120,
    table: { items: [...reads, ...transactions] },
    losesPerEvent: "somebody was not welcomed, or got no answer from the assistant",
  },
  mailer: {
    loses: "invited people get no mail",
    timeoutSeconds: 30,
    table: { items: ["GetItem", "UpdateItem"] },
    losesPerEvent: "an invitation mail was given up, and the invited person never got it",
  },
  "mail-events": {
    loses: "senders do not learn that their invitation mail bounced or was reported as spam",
    timeoutSeconds: 10,
    table: { items: ["UpdateItem"] },
    losesPerEvent: "a bounce or complaint is not shown on the invitation it belongs to",
    isAsynchronous: true,
  },
  sweep: {
    loses:
      "invitations and guests past their date keep their place until somebody needs it, and what was interrupted " +
      "(a group's people in a channel, the channels of somebody removed) stays unfinished; " +
      "messages past their plan's time are kept",
    timeoutSeconds: 300,
    table: { items: [...reads, ...transactions], queriesIndex: true },
    losesPerEvent: "a clean-up of what is past its date, and of what was interrupted, did not happen",
    isAsynchronous: true,
  },
  "token-claims": {
    loses: "nobody can sign in: the user pool waits for it before it issues a token",
    timeoutSeconds: 5,
  },
  page: {
    loses: "invitation links, and the page that people are administered on, open an error",
    timeoutSeconds: 5,
  },
} satisfies Record<string, FunctionPlan>;

export type FunctionName = keyof typeof functionPlans;

/** Whether a name from outside (docs/openapi.json) is a function of this system. */
export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functionPlans, name);
}
