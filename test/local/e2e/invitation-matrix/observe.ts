import type { InvitationState } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { Answer } from "../../../support/send.ts";
import type { Act } from "./acts.ts";
import type { Change, Outcome } from "./cells.ts";
import { look, type Sight } from "./look.ts";
import { type Fixture, secretIn, type World } from "./world.ts";

/** What a cell says, and what is seen of it, in a form that compares. */
export type Seen = {
  readonly status: number;
  readonly code: string | undefined;
  readonly rule: string | undefined;
  readonly missing: readonly string[] | undefined;
  readonly isTouched: boolean;
  readonly state: InvitationState;
  readonly places: string;
  /** Of an invitation that is not touched, nothing is to be seen at its link either. */
  readonly link: string | undefined;
};

/** What a cell says of an invitation in this state. */
export function expectedOf({ change, takes, after, ...outcome }: Outcome, before: InvitationState): Seen {
  return {
    status: outcome.status,
    code: outcome.code,
    rule: outcome.rule,
    missing: outcome.missing,
    isTouched: change !== undefined,
    state: change?.state ?? after ?? before,
    places: change?.places ?? takes ?? "unchanged",
    link: change?.link,
  };
}

const problem = z.looseObject({
  code: z.string(),
  status: z.number(),
  rule: z.string().optional(),
  missing: z.array(z.string()).optional(),
  invitedBy: z.object({ name: z.string().min(1) }).optional(),
});

const perAddress = z.object({ results: z.array(z.looseObject({ problem: problem.optional() })).length(1) });

/** The refusal in an answer: of the request, or of its one address (INV-10). */
function refusalIn({ status, headers, body }: Answer) {
  const ofAddress = perAddress.safeParse(body).data?.results[0]?.problem;
  const found = status < 300 ? ofAddress : problem.parse(body);
  if (found === undefined) return undefined;
  // INV-15: whoever holds the link is told whom to ask. INV-9, INV-13: when it may be asked again.
  const tells =
    (found.status === 410 && found.invitedBy === undefined && " without its sender") ||
    (found.status === 429 && !(Number(headers.get("retry-after")) > 0) && " without Retry-After") ||
    "";
  return { ...found, code: `${found.code}${tells}` };
}

const PREVIEWED: Readonly<Record<number, string>> = { 200: "opens", 410: "over", 404: "dead" };

const withLink = z.looseObject({ link: z.string() });

async function linkNow({ world, secret }: Fixture, answer: Answer): Promise<string> {
  const preview = async (token: string) => {
    const { status } = await world.stage.ask("POST", "/v1/invitations/preview", { token });
    return PREVIEWED[status] ?? String(status);
  };
  const before = await preview(secret);
  const another = withLink.safeParse(answer.body).data?.link;
  if (before !== "dead" || another === undefined) return before;
  return (await preview(secretIn(another))) === "opens" ? "renewed" : "dead";
}

/** By how much reserved and held have changed. */
const PLACES: Readonly<Record<string, Change["places"]>> = {
  "0 0": "unchanged",
  "-1 0": "freed",
  "-1 1": "held",
  "1 0": "taken",
};

function placesOf(before: Sight, after: Sight): string {
  const change = `${after.reserved - before.reserved} ${after.held - before.held}`;
  return PLACES[change] ?? `reserved and held by ${change}`;
}

/** What there is to be seen once something was answered. */
export async function seen(
  fixture: Fixture,
  before: Sight,
  answer: Answer,
  places: (before: Sight, after: Sight) => string,
): Promise<Seen> {
  return await compared(fixture, { before, after: await look(fixture) }, answer, places);
}

async function compared(
  fixture: Fixture,
  { before, after }: { readonly before: Sight; readonly after: Sight },
  answer: Answer,
  places: (before: Sight, after: Sight) => string = placesOf,
): Promise<Seen> {
  const refusal = refusalIn(answer);
  const isTouched = after.invitation !== before.invitation || after.state !== before.state;
  const isRefusedButWritten =
    refusal !== undefined && !isTouched && after.organization !== before.organization;
  return {
    status: refusal?.status ?? answer.status,
    code: refusal?.code,
    rule: refusal?.rule,
    missing: refusal?.missing,
    isTouched,
    state: after.state,
    places: isRefusedButWritten ? "the organization was written" : places(before, after),
    link: isTouched ? await linkNow(fixture, answer) : undefined,
  };
}

/** What was seen last in an organization, where one thing is done after the other. */
const lastSeen = new WeakMap<World, { readonly id: string; readonly sight: Sight; readonly at: number }>();

/** Time that passes by itself between two cells, at most: more was moved. */
const BETWEEN_MS = 30_000;

/** What is there before: what the last cell has left, if that was about the same invitation. */
async function sightOf(fixture: Fixture): Promise<Sight> {
  const { world, id } = fixture;
  const last = lastSeen.get(world);
  const isOfLast = last?.id === id && world.stage.now() - last.at < BETWEEN_MS;
  return isOfLast ? last.sight : await look(fixture);
}

/** Does it, and looks at what it has led to. */
export async function perform(fixture: Fixture, { prepare, act }: Act): Promise<Seen> {
  const { world, id } = fixture;
  if (prepare !== undefined) lastSeen.delete(world);
  await prepare?.(fixture);
  const before = await sightOf(fixture);
  const answer = await act(fixture, before);
  const after = await look(fixture);
  lastSeen.set(world, { id, sight: after, at: world.stage.now() });
  return await compared(fixture, { before, after }, answer);
}
