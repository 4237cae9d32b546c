import { limitsFor } from "@vestibule/domain/plans";
import type { Context } from "aws-lambda";
import { afterAll, expect, vi } from "vitest";
import { acceptUseCases } from "../../../../functions/accept/use-cases.ts";
import { channelUseCases } from "../../../../functions/channel/use-cases.ts";
import { commandUseCases } from "../../../../functions/command/use-cases.ts";
import { inviteUseCases } from "../../../../functions/invite/use-cases.ts";
import { callUseCases } from "../../../../functions/message/calls/use-cases.ts";
import { messageDeps } from "../../../../functions/message/message-deps.ts";
import { messageUseCases } from "../../../../functions/message/use-cases.ts";
import { organizationUseCases } from "../../../../functions/organization/use-cases.ts";
import { roleUseCases } from "../../../../functions/role/use-cases.ts";
import { shareUseCases } from "../../../../functions/share/use-cases.ts";
import { finishIntents } from "../../../../functions/sweep/finish-intents.ts";
import { sweepHandler } from "../../../../functions/sweep/sweep.ts";
import { closeExpired } from "../../../../functions/table/close-invitation.ts";
import { idempotencyStore } from "../../../../functions/table/idempotency.ts";
import { generalChannelId, keys } from "../../../../functions/table/keys.ts";
import type { Table } from "../../../../functions/table/table.ts";
import { engineWorld, type World } from "../../../functions/channel/world.ts";
import { flaws } from "../../../functions/membership/flaws.ts";
import { signedIn } from "../../../functions/share/world.ts";
import {
  type Answered,
  type Call,
  caller,
  personWith,
  type TestPerson,
} from "../../../functions/shell/caller.ts";
import { type Life, wholeLife } from "./life.ts";
import { mailRoom } from "./mail-room.ts";

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const DAY_MS = 24 * 60 * MINUTE_MS;

const IN_ORG = "/v1/organizations/{org}";
const PLENTY = 100_000;
const REGISTRATION = {
  profile: { firstName: "Given", lastName: "Family", phone: "+41 44 000 00 00" },
  termsVersion: "1",
};

// biome-ignore lint/suspicious/noExplicitAny: a test looks into items of any kind.
type Row = Record<string, any>;

/** Every function's routes on the table of one life. */
function routesOn(table: Table) {
  const mailLimits = { sender: PLENTY, organization: PLENTY, recipient: 10 };
  const deps = { table, pageBaseUrl: "https://app.example.com", mailLimits };
  return caller(
    [
      ...inviteUseCases(deps),
      ...acceptUseCases(table),
      ...shareUseCases(deps),
      ...roleUseCases(table),
      ...channelUseCases(table),
      ...messageUseCases(table, "ws://socket"),
      ...commandUseCases(table, messageDeps(table)),
      ...callUseCases(table, { newLink: () => "https://meet.example.com/room" }),
      ...organizationUseCases(table),
    ],
    idempotencyStore(table),
  );
}

/** An organization with Ada, who may do everything, and Bea, a member without any right. */
async function killable(w: World) {
  const { org, table } = w;
  const ada = await w.member("ada", { orgRole: "legal_representative", chatRole: "admin", addressKeys: [] });
  const bea = await w.member("bea", { email: "bea@example.com", addressKeys: [] });
  const users = new Set([ada.userId, bea.userId]);
  const channels = new Set([generalChannelId(org)]);
  const room = mailRoom(w);
  const plain = routesOn(table);
  let count = 0;

  /** A name that nobody of this file has had. */
  const fresh = (name: string): string => {
    count += 1;
    return `${name}-${count}-${org.slice(-6)}`;
  };
  const freshEmail = (name = "invitee") => `${fresh(name)}@example.net`;
  const advance = (ms: number) => void vi.setSystemTime(Date.now() + ms);

  /** A request of somebody who has just signed in, with a second factor, on the table of a life or on the whole one. */
  async function ask(
    act: string,
    given: Omit<Call, "as"> & { as?: TestPerson },
    life?: Life,
  ): Promise<Answered> {
    const { as = ada, params, ...rest } = given;
    const call = life === undefined ? plain : routesOn(life.table);
    return await call(act, { ...rest, as: signedIn(as), params: { org, ...params } });
  }
  const askIn = async (act: string, given: Parameters<typeof ask>[1], life?: Life) =>
    await ask(act.replace(" ", ` ${IN_ORG}`), given, life);

  async function must(answer: Promise<Answered>): Promise<Answered> {
    const answered = await answer;
    if (answered.status >= 300) throw new Error(`${answered.status} ${JSON.stringify(answered.body)}`);
    return answered;
  }

  const tokenOf = (link: unknown): string => String(link).split("#")[1] ?? "";

  /** Invites by link, without a fault; answers id and secret. */
  async function invited(email: string, terms: object = {}): Promise<{ inv: string; token: string }> {
    const body = { kind: "member", invitees: [{ email }], delivery: "link", ...terms };
    const { body: told } = await must(askIn("POST /invitations", { body }));
    const [{ invitation, link, ...result }] = told.results;
    if (invitation === undefined) throw new Error(`not invited: ${JSON.stringify(result)}`);
    return { inv: invitation.id, token: tokenOf(link) };
  }

  /** A person with this address, known to the checks of all. */
  function personOf(email: string): TestPerson {
    const person = personWith(email);
    users.add(person.userId);
    return person;
  }

  const accept = async (email: string, token: string, life?: Life) =>
    await ask("POST /v1/invitations/accept", { as: personOf(email), body: { token, ...REGISTRATION } }, life);
  const preview = async (token: string) => await plain("POST /v1/invitations/preview", { body: { token } });

  async function channel(type = "private"): Promise<string> {
    const id = await w.channel(ada, { name: fresh("channel"), type });
    channels.add(id);
    return id;
  }

  async function mailAddress(): Promise<string> {
    const body = { address: `${fresh("desk")}@acme.example` };
    return (await must(askIn("POST /mail-addresses", { body }))).body.id;
  }

  const rows = async (pk: string): Promise<Row[]> => await w.partition(pk);
  const invitation = async (inv: string): Promise<Row | undefined> => await w.item(keys.invitation(org, inv));
  const invitationsTo = async (...emails: string[]) =>
    (await rows(keys.invitations(org))).filter(({ email }) => emails.includes(email));
  /** How often each act on a subject was recorded. */
  const audited = async (subject: string): Promise<string[]> =>
    (await rows(keys.audits(org)))
      .filter(({ subjectId }) => subjectId === subject)
      .map(({ action }) => action);

  const sweep = async (life: Life = wholeLife(table)) =>
    await sweepHandler(life.table)({}, { getRemainingTimeInMillis: () => PLENTY } as Context);
  /** Closes what is past its date, as whoever needs a place does. */
  const closeExpiredHere = async () => await closeExpired(table, org, Date.now());
  /** The part of the sweep that carries out what was cut short. */
  const finish = async () => await finishIntents(table, Date.now(), () => true);

  /** SEAT-3, SEAT-6, INV-18: whoever is pending has one address, one place and one entry; and nobody else has. */
  async function expectSound(): Promise<void> {
    const [invitations, slots, audits, intents] = await Promise.all(
      [keys.invitations(org), keys.addresses(org), keys.audits(org), `O#${org}#INTENTS`].map(rows),
    );
    const pending = (invitations ?? []).filter(({ state }) => state === "pending");
    const ids = (of: Row[] = []) => of.flatMap(({ invitationId = [] }) => invitationId).sort();
    expect(ids(slots)).toEqual(ids(pending));
    const entries = (audits ?? []).map(({ action, subjectId }) => `${action} ${subjectId}`);
    const created = entries.filter((entry) => entry.startsWith("invitation.created")).sort();
    expect(created).toEqual(ids(invitations).map((id) => `invitation.created ${id}`));
    const endings = entries.filter((entry) => /\.(accepted|declined|revoked|expired) /u.test(entry));
    expect(new Set(endings.map((entry) => entry.slice(entry.indexOf(" "))))).toHaveProperty(
      "size",
      endings.length,
    );
    expect(intents).toEqual([]);
    const figures = await w.counters();
    const count = (kind: string) => pending.filter((one) => one["kind"] === kind).length;
    expect(figures).toMatchObject({ seatsReserved: count("member"), pendingGuests: count("guest") });
  }

  /** CH-9, CH-10, GINV-4, SEAT-10: every row of everybody fits. Shares, which count nowhere, are left out of it. */
  async function expectNoFlaws(): Promise<void> {
    const hasShares = (await rows(keys.invitations(org))).some(
      ({ kind, state }) => kind === "share" && state === "pending",
    );
    if (!hasShares) expect(await flaws(w, [...users], [...channels])).toEqual([]);
  }

  return {
    ...w,
    ...room,
    ada,
    bea,
    fresh,
    freshEmail,
    advance,
    ask: askIn,
    /** The channel function's routes, which are struck elsewhere. */
    inGroups: async (act: string, body: object) => await w.ask(ada, act, undefined, { body }),
    askMine: ask,
    must,
    invited,
    personOf,
    accept,
    preview,
    tokenOf,
    channel,
    mailAddress,
    rows,
    invitation,
    invitationsTo,
    audited,
    sweep,
    finish,
    closeExpired: closeExpiredHere,
    expectSound,
    expectNoFlaws,
  };
}

export type KillableWorld = Awaited<ReturnType<typeof killable>>;

/** The first day of the first world; each has years of its own, so that no sweep meets another's invitations. */
const START = Date.parse("2027-03-01T10:00:00.000Z");
const YEARS_MS = 3 * 365 * DAY_MS;

/** Worlds on one engine, with a clock that is moved by hand. */
export function killableWorld() {
  const open = engineWorld();
  let worlds = 0;
  afterAll(() => void vi.useRealTimers());
  return async (): Promise<KillableWorld> => {
    vi.useFakeTimers({ toFake: ["Date"], now: START + worlds * YEARS_MS });
    worlds += 1;
    const limits = { ...limitsFor("business"), seats: 5_000, guests: 5_000, privateChannels: null };
    return await killable(await open({ limits, seatsHeld: 2, seatsUsed: 2, publicChannels: 1 }));
  };
}
