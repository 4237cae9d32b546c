import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import { inviteUseCases } from "../../../functions/invite/use-cases.ts";
import { roleUseCases } from "../../../functions/role/use-cases.ts";
import { shareUseCases } from "../../../functions/share/use-cases.ts";
import { ownAddressWrite } from "../../../functions/table/addresses.ts";
import { type IdempotencyStore, idempotencyStore } from "../../../functions/table/idempotency.ts";
import { keys } from "../../../functions/table/keys.ts";
import { loginWrite } from "../../../functions/table/logins.ts";
import type { MailLimits } from "../../../functions/table/mail-allowances.ts";
import type { Member } from "../../../functions/table/members.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { engineWorld, type World } from "../channel/world.ts";
import { type Answered, type Call, caller, personWith, type TestPerson } from "../shell/caller.ts";

const ADDRESSES = "/v1/organizations/{org}/mail-addresses";
const MAIL_MANAGER = { rights: { suite: false, chat: false, mail: true, accounting: false } };

/** Somebody who has signed in just now, with a second factor. */
export function signedIn(person: TestPerson, ageMs = 0): TestPerson {
  const authTime = String(Math.floor((Date.now() - ageMs) / 1_000));
  return { ...person, claims: { ...person.claims, auth_time: authTime, mfa: "true" } };
}

/** What an outsider gives to be registered (INV-7). */
const REGISTRATION = {
  profile: { firstName: "Otto", lastName: "Outside", phone: "+41 22 555 01 23" },
  termsVersion: "1",
};

function sharingIn(w: World, limits: Partial<MailLimits>) {
  const { table, org } = w;
  const mailLimits = { sender: null, organization: null, recipient: null, ...limits };
  const deps = { table, pageBaseUrl: "https://pages.example.com", mailLimits };
  const useCases = [
    ...shareUseCases(deps),
    ...acceptUseCases(table),
    ...inviteUseCases(deps),
    ...roleUseCases(table),
  ];
  const callWith = (store: IdempotencyStore) => caller(useCases, store);
  const call = callWith(idempotencyStore(table));

  /** A member with the address of theirs taken, as whoever has come in. */
  async function member(name: string, record: Partial<Member> = {}): Promise<TestPerson> {
    const email = `${name}@example.com`;
    const person = await w.member(name, { email, lastName: "Member", addressKeys: [email], ...record });
    await w.write(
      ownAddressWrite({ org, kind: "member", addressKey: email }, person),
      loginWrite(email, person.userId),
    );
    return signedIn(person);
  }

  const manager = (name = "manager") => member(name, MAIL_MANAGER);
  const outsider = (name: string) => signedIn(personWith(`${name}@elsewhere.example`));

  /** A request about the mail addresses, as `"POST /{adr}/shares"`. */
  async function ask(as: TestPerson, act: string, given: Omit<Call, "as"> = {}): Promise<Answered> {
    const [method, path = ""] = act.split(" ");
    return await call(`${method} ${ADDRESSES}${path}`, { as, ...given, params: { org, ...given.params } });
  }

  async function address(as: TestPerson, text = "contact@example.com"): Promise<string> {
    const answer = await ask(as, "POST ", { body: { address: text } });
    if (answer.status !== 201) throw new Error(`not created: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  }

  const share = async (as: TestPerson, adr: string, body: object, headers: Record<string, string> = {}) =>
    await ask(as, "POST /{adr}/shares", {
      params: { adr },
      body,
      headers: { "content-type": "application/json", ...headers },
    });

  const list = async (as: TestPerson, adr: string) => await ask(as, "GET /{adr}/shares", { params: { adr } });

  const accept = async (as: TestPerson, link: string, more: object = {}) =>
    await call("POST /v1/invitations/accept", {
      as,
      body: { token: link.slice(link.indexOf("#") + 1), ...REGISTRATION, ...more },
    });

  /** The mail addresses that somebody finds among theirs, of this organization: other tests have others. */
  const mine = async (as: TestPerson) => {
    const { body } = await call("GET /v1/me/mail-addresses", { as, query: { limit: "200" } });
    return body.items.filter(({ organization }: { organization: { id: string } }) => organization.id === org);
  };

  async function group(as: TestPerson, name: string, ...people: TestPerson[]): Promise<string> {
    const { body } = await w.ask(as, "POST /groups", undefined, { body: { name } });
    for (const { userId } of people) {
      const params = { org, grp: body.id, user: userId };
      await w.ask(as, "PUT /groups/{grp}/members/{user}", undefined, { params });
    }
    return body.id;
  }

  const slots = async () => (await w.partition(keys.addresses(org))).filter(({ kind }) => kind === "share");
  const holders = async (adr: string) => await w.partition(keys.holders(org, adr));
  const audits = async () => (await w.partition(keys.audits(org))).map(({ action }) => action);

  return {
    ...w,
    call,
    callWith,
    member,
    manager,
    outsider,
    askAbout: ask,
    address,
    share,
    list,
    accept,
    mine,
    group,
    slots,
    holders,
    audits,
  };
}

export type ShareWorld = ReturnType<typeof sharingIn>;

/** The engine for the tests of one file; each has an organization of its own, and limits of mails if it asks for them. */
export function shareWorld() {
  const open = engineWorld();
  return async (limits: Partial<MailLimits> = {}, change: Partial<Organization> = {}) =>
    sharingIn(await open(change), limits);
}
