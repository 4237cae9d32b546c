import { acceptInvitation } from "../../functions/accept/accept-invitation.ts";
import { invite } from "../../functions/invite/invite.ts";
import { createSocketTicket } from "../../functions/message/create-socket-ticket.ts";
import { markRead, markReadDeps } from "../../functions/message/mark-read.ts";
import { postMessage } from "../../functions/message/post-message.ts";
import { readMessages } from "../../functions/message/read-messages.ts";
import { messageDeps } from "../../functions/message/use-cases.ts";
import { readUsage } from "../../functions/organization/read-organization.ts";
import { changeOrgRole } from "../../functions/role/change-roles.ts";
import { listPeople } from "../../functions/role/read-members.ts";
import { sha256 } from "../../functions/shell/ids.ts";
import { generalChannelId } from "../../functions/table/keys.ts";
import { addConnection, removeConnections } from "../../functions/table/live.ts";
import { getMember } from "../../functions/table/members.ts";
import { takeTicket } from "../../functions/table/tickets.ts";
import { largeOrganization, personNumber, requestBasics } from "./large-organization.ts";
import { type MeteredTable, openMeteredTable, type Units } from "./metered-table.ts";
import { printTable } from "./print-table.ts";

const SIZES = [10, 1_000, 100_000];

/** `architecture.md`, Budgets. */
const BUDGETS: Record<string, string> = {
  "post a message": "≤ 2 w, ≤ 2 r",
  "page of 50 messages": "≤ 4 r",
  "connect (ticket, authorizer, $connect)": "≤ 3 w",
  disconnect: "≤ 1 w",
  "mark read": "1 w",
  "invite one": "≤ 14 w",
  accept: "≤ 24 w",
};

/** A message of usual length. */
const TEXT = "Could somebody look at the numbers before noon? I have put them into the sheet.";

type Operation = readonly [name: string, act: () => Promise<unknown>];

/** The operations in the order in which one needs what another has made. */
function operations({ table }: MeteredTable, org: string, size: number): Operation[] {
  const founder = personNumber(0);
  const newcomer = personNumber(size + 7);
  const channelId = generalChannelId(org);
  const deps = messageDeps(table);
  const at = { organizationId: org, channelId, userId: founder.userId };
  const request = { ...requestBasics, person: founder, now: Date.now() };
  let token = "";
  let ticket = "";
  const connection = { organizationId: org, userId: founder.userId, connectionId: "bench-connection=" };
  return [
    ["post a message", () => postMessage(deps, { ...at, text: TEXT, nonce: "one more" })],
    [
      "page of 50 messages",
      () =>
        readMessages(deps, {
          ...request,
          params: { org, chn: channelId },
          body: undefined,
          query: { limit: 50 },
        }),
    ],
    ["mark read", () => markRead(markReadDeps(table), { ...at, seq: 60, field: "lastReadSeq" })],
    [
      "connect (ticket, authorizer, $connect)",
      async () => {
        const created = await createSocketTicket(
          { table, socketUrl: "ws://bench" },
          { ...request, params: { org }, body: undefined, query: undefined },
        );
        ticket = String(Reflect.get(Object(created.body), "ticket"));
        await takeTicket(table, { organizationId: org, hash: sha256(ticket), now: request.now });
        await addConnection(table, { ...connection, now: request.now });
        await getMember(table, org, founder.userId);
      },
    ],
    [
      "disconnect",
      () => removeConnections(table, { ...connection, connectionIds: [connection.connectionId] }),
    ],
    [
      "invite one",
      async () => {
        const answer = await invite(
          { table, pageBaseUrl: "http://bench" },
          {
            ...request,
            params: { org },
            query: undefined,
            body: {
              kind: "member",
              invitees: [{ email: newcomer.email }],
              orgRole: "user",
              chatRole: "user",
              channelIds: [],
              groupIds: [],
              strict: true,
              delivery: "link",
              locale: "en",
            },
          },
        );
        token = /#([^"]+)"/u.exec(JSON.stringify(answer.body))?.[1] ?? "";
      },
    ],
    [
      "accept",
      () =>
        acceptInvitation(table, {
          ...request,
          person: newcomer,
          params: {},
          query: undefined,
          body: { token, profile: { firstName: "New", lastName: "Comer" }, termsVersion: "1" },
        }),
    ],
    [
      "change an org role",
      () =>
        changeOrgRole(table, {
          ...request,
          params: { org, user: newcomer.userId },
          query: undefined,
          body: { role: "administrator" },
        }),
    ],
    [
      "page of 50 people",
      () => listPeople(table, { ...request, params: { org }, body: undefined, query: { limit: 50 } }),
    ],
    ["usage", () => readUsage(table, { ...request, params: { org }, body: undefined, query: undefined })],
  ];
}

async function measureAt(metered: MeteredTable, size: number): Promise<Map<string, Units>> {
  const org = await largeOrganization(metered.unmetered, size);
  const fill = messageDeps(metered.unmetered);
  const deps = messageDeps(metered.table);
  const at = { organizationId: org, channelId: generalChannelId(org), userId: personNumber(0).userId };
  for (let count = 0; count < 60; count += 1) {
    await postMessage(fill, { ...at, text: TEXT, nonce: `n${count}` });
  }
  const figures = new Map<string, Units>();
  for (const [name, act] of operations(metered, org, size)) figures.set(name, await metered.measure(act));
  const posts = await metered.measure(async () => {
    for (let count = 0; count < 96; count += 1) {
      await postMessage(deps, {
        ...at,
        text: TEXT,
        nonce: `m${count}`,
      });
    }
  });
  figures.set("post, mean of 96", { read: posts.read / 96, write: posts.write / 96 });
  return figures;
}

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/** Prints write and read units per operation at 10, 1 000 and 100 000 members, beside the budgets. */
export async function benchUnits(): Promise<void> {
  const metered = await openMeteredTable();
  try {
    const bySize = new Map<number, Map<string, Units>>();
    for (const size of SIZES) bySize.set(size, await measureAt(metered, size));
    const names = [...(bySize.get(10)?.keys() ?? [])];
    const rows = names.map((name) => [
      name,
      BUDGETS[name] ?? "",
      ...SIZES.map((size) => {
        const units = bySize.get(size)?.get(name) ?? { read: 0, write: 0 };
        return `${figure(units.write)} w  ${figure(units.read)} r`;
      }),
    ]);
    const sizes = SIZES.map((size) => `${size.toLocaleString("en")} members`);
    printTable(
      "DynamoDB units per operation (w write, r read; indexes included)",
      ["operation", "budget", ...sizes],
      rows,
    );
  } finally {
    await metered.stop();
  }
}
