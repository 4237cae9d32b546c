import * as z from "zod";
import { newAddress } from "../../../support/person.ts";
import type { Answer } from "../../../support/send.ts";
import type { Kind } from "./cells.ts";
import { type Actor, done, type Stage, told } from "./stage.ts";

/** An organization whose chat and mail are managed by its founder, and by the one who sends its invitations. */
export type World = {
  readonly stage: Stage;
  readonly org: string;
  readonly path: string;
  readonly founder: Actor;
  /** A chat admin and mail manager, and otherwise a user. */
  readonly sender: Actor;
  /** Another one: the same person, unless somebody else sends. */
  readonly colleague: Actor;
  /** A member with no role or right. */
  readonly user: Actor;
  /** Somebody who is in no organization. */
  readonly stranger: Actor;
  /** Two public ones. */
  readonly channelIds: readonly [string, string];
  readonly groupId: string;
  /** The mail address that is shared. */
  readonly addressId: string;
  readonly address: string;
};

/** An invitation as its invitee has it, and what is known of it otherwise. */
export type Fixture = {
  readonly world: World;
  readonly kind: Kind;
  readonly id: string;
  readonly secret: string;
  /** `null`: it is for whoever holds the link. */
  readonly email: string | null;
  readonly invitee: string;
};

/** What everybody registers with (INV-7). */
export const REGISTERED = {
  profile: { firstName: "Given", lastName: "Family", phone: "+41 22 555 01 23" },
  termsVersion: "1",
};

const made = z.object({ id: z.string() });

/** As many invitations as are made by one request. */
const AT_ONCE = 25;

const NO_LIMITS = { seats: null, guests: null, publicChannels: null, privateChannels: null };

/** A new organization with these people in it. */
export async function openWorld(stage: Stage, name: string): Promise<World> {
  const founder = await stage.signIn(newAddress(`${name}-founder`));
  const { id: org } = told(
    made,
    await founder.ask("POST", "/v1/organizations", { name: `Matrix ${name}`, limits: NO_LIMITS }),
  );
  const path = `/v1/organizations/${org}`;
  const create = async (at: string, body: object) =>
    told(made, await founder.ask("POST", `${path}/${at}`, body)).id;
  const address = newAddress("desk");
  const [first, second, groupId, addressId] = await Promise.all([
    create("channels", { name: "First", type: "public" }),
    create("channels", { name: "Second", type: "public" }),
    create("groups", { name: "Team" }),
    create("mail-addresses", { address }),
  ]);
  const world = {
    stage,
    org,
    path,
    founder,
    channelIds: [first, second] as const,
    groupId,
    addressId,
    address,
  };
  const [sender, user, stranger] = await Promise.all([
    joined(world, `${name}-sender`, { chatRole: "admin", rights: { mail: true } }),
    joined(world, `${name}-user`, {}),
    stage.signIn(newAddress(`${name}-stranger`)),
  ]);
  return { ...world, sender, colleague: sender, user, stranger };
}

/** A new member, invited by the founder. */
export async function joined(
  { stage, path, founder }: Pick<World, "stage" | "path" | "founder">,
  name: string,
  terms: object,
): Promise<Actor> {
  const actor = await stage.signIn(newAddress(name));
  const body = { kind: "member", invitees: [{ email: actor.email }], delivery: "link", ...terms };
  const [result] = results(await founder.ask("POST", `${path}/invitations`, body));
  const token = secretIn(result?.link);
  done(await actor.ask("POST", "/v1/invitations/accept", { token, ...REGISTERED }));
  return actor;
}

const invitedShape = z.object({
  results: z.array(
    z.object({
      status: z.string(),
      invitation: made.optional(),
      link: z.string().optional(),
      problem: z.object({ status: z.number(), code: z.string(), rule: z.string().optional() }).optional(),
    }),
  ),
});

/** The results of a request that invites. */
export function results(answer: Answer): z.infer<typeof invitedShape>["results"] {
  return told(invitedShape, answer).results;
}

/** What follows the `#` of a link. */
export function secretIn(link: string | undefined): string {
  if (link === undefined) throw new Error("no link");
  return link.slice(link.indexOf("#") + 1);
}

/** What an invitation of each kind is asked for with, beside its addressee. */
export function termsOf({ channelIds }: World, kind: Kind): object {
  if (kind === "guest") return { kind, delivery: "link", channelIds };
  if (kind === "member") return { kind, delivery: "link" };
  return {};
}

/** Asks for an invitation to one address, as it is asked for each kind. */
export async function askToInvite(
  world: World,
  by: Actor,
  kind: Kind,
  email: string,
  terms: object = {},
): Promise<Answer> {
  const { path, addressId } = world;
  if (kind === "member" || kind === "guest") {
    const body = { invitees: [{ email }], ...termsOf(world, kind), ...terms };
    return await by.ask("POST", `${path}/invitations`, body);
  }
  const to = kind === "share" ? { email } : {};
  return await by.ask("POST", `${path}/mail-addresses/${addressId}/shares`, { ...to, ...terms });
}

const sharedShape = z.object({ invitation: made, link: z.string() });

/** Invites so many, all by link. */
export async function fixtures(
  world: World,
  kind: Kind,
  count: number,
  { by = world.sender, ...terms }: { by?: Actor; [term: string]: unknown } = {},
): Promise<Fixture[]> {
  const invitees = Array.from({ length: count }, () => newAddress(kind));
  const found: Fixture[] = [];
  if (kind === "member" || kind === "guest") {
    for (let start = 0; start < count; start += AT_ONCE) {
      const some = invitees.slice(start, start + AT_ONCE);
      const body = { invitees: some.map((email) => ({ email })), ...termsOf(world, kind), ...terms };
      const answer = await by.ask("POST", `${world.path}/invitations`, body);
      results(answer).forEach(({ invitation, link, ...rest }, index) => {
        const invitee = some[index];
        if (invitation === undefined || invitee === undefined) throw new Error(JSON.stringify(rest));
        found.push({ world, kind, id: invitation.id, secret: secretIn(link), email: invitee, invitee });
      });
    }
    return found;
  }
  for (const invitee of invitees) {
    const answer = await askToInvite(world, by, kind, invitee, terms);
    const { invitation, link } = told(sharedShape, answer);
    const email = kind === "share" ? invitee : null;
    found.push({ world, kind, id: invitation.id, secret: secretIn(link), email, invitee });
  }
  return found;
}

/** One of them. */
export async function fixture(
  world: World,
  kind: Kind,
  terms: { by?: Actor; [term: string]: unknown } = {},
): Promise<Fixture> {
  const [one] = await fixtures(world, kind, 1, terms);
  if (one === undefined) throw new Error("none was made");
  return one;
}
