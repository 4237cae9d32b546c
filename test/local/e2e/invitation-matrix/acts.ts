import * as z from "zod";
import type { Answer } from "../../../support/send.ts";
import type { Event } from "./cells.ts";
import type { Sight } from "./look.ts";
import type { Claims } from "./stage.ts";
import { askToInvite, type Fixture, REGISTERED } from "./world.ts";

/** How an event comes about; `prepare` is what has to be so before it. */
export type Act = {
  readonly prepare?: (fixture: Fixture) => Promise<unknown>;
  /** `before`: how the invitation is when it is asked for. */
  readonly act: (fixture: Fixture, before: Pick<Sight, "state">) => Promise<Answer>;
};

const invitation = ({ world, id }: Fixture): string => `${world.path}/invitations/${id}`;

/** By its invitee, signed in like that. */
async function accept({ world, invitee, secret }: Fixture, claims: Claims = {}, given: object = REGISTERED) {
  const person = await world.stage.signIn(invitee, claims);
  return await person.ask("POST", "/v1/invitations/accept", { token: secret, ...given });
}

async function acceptMine({ world, id, invitee }: Fixture) {
  const person = await world.stage.signIn(invitee);
  const body = { organizationId: world.org, ...REGISTERED };
  return await person.ask("POST", `/v1/me/invitations/${id}/accept`, body);
}

async function decline({ world, invitee, secret }: Fixture) {
  const person = await world.stage.signIn(invitee);
  return await person.ask("POST", "/v1/invitations/decline", { token: secret });
}

/** By mail and by a link, where there is somebody to mail to. */
async function resend(fixture: Fixture, delivery = "both") {
  const body = fixture.email === null ? {} : { delivery };
  return await fixture.world.founder.ask("POST", `${invitation(fixture)}/resend`, body);
}

const listed = z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) });

/** By its state, which the list and the invitation itself have to tell alike; anything else is not found. */
async function list({ world, id, kind, email }: Fixture, { state }: Pick<Sight, "state">): Promise<Answer> {
  const query = new URLSearchParams({ kind: kind === "share-link" ? "share" : kind, state, limit: "200" });
  if (email !== null) query.set("email", email.toUpperCase());
  const answer = await world.founder.ask("GET", `${world.path}/invitations?${query}`);
  const { items } = listed.parse(answer.body);
  const isListed = items.some((item) => item.id === id) && items.every((item) => item.state === state);
  return isListed ? answer : { ...answer, status: 404 };
}

async function get(fixture: Fixture, { state }: Pick<Sight, "state">): Promise<Answer> {
  const answer = await fixture.world.founder.ask("GET", invitation(fixture));
  return z.looseObject({ state: z.literal(state) }).safeParse(answer.body).success
    ? answer
    : { ...answer, status: 404 };
}

/** The same address again, as it was invited; a link for whoever holds it, simply once more. */
async function inviteAgain({ world, kind, invitee }: Fixture) {
  return await askToInvite(world, world.founder, kind, invitee);
}

/** Each event, as it is asked for over HTTP. */
export const ACTS: Readonly<Record<Event, Act>> = {
  preview: {
    act: ({ world, secret }) => world.stage.ask("POST", "/v1/invitations/preview", { token: secret }),
  },
  accept: { act: (fixture) => accept(fixture) },
  "accept-by-another": { act: (fixture) => accept({ ...fixture, invitee: fixture.world.stranger.email }) },
  "accept-unverified": { act: (fixture) => accept(fixture, { emailVerified: false }) },
  "accept-unregistered": { act: (fixture) => accept(fixture, {}, {}) },
  "accept-without-factor": { act: (fixture) => accept(fixture, { mfa: false }) },
  "accept-among-mine": { act: acceptMine },
  decline: { act: decline },
  "decline-by-another": { act: (fixture) => decline({ ...fixture, invitee: fixture.world.stranger.email }) },
  revoke: { act: (fixture) => fixture.world.founder.ask("DELETE", invitation(fixture)) },
  "revoke-by-sender": { act: (fixture) => fixture.world.sender.ask("DELETE", invitation(fixture)) },
  "revoke-by-user": { act: (fixture) => fixture.world.user.ask("DELETE", invitation(fixture)) },
  edit: {
    act: (fixture) => fixture.world.founder.ask("PATCH", invitation(fixture), { firstName: "Edited" }),
  },
  resend: { act: (fixture) => resend(fixture) },
  "resend-twice": { prepare: (fixture) => resend(fixture, "link"), act: (fixture) => resend(fixture) },
  get: { act: get },
  list: { act: list },
  "invite-again": { act: inviteAgain },
  // The clock has passed its date when this is asked.
  expire: { act: get },
};
