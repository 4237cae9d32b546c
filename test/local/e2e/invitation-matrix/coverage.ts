import * as z from "zod";
import { acceptRoutes } from "../../../../functions/accept/contract.ts";
import { inviteRoutes } from "../../../../functions/invite/contract.ts";
import { shareRoute, updateShareInvitationRoute } from "../../../../functions/share/contract.ts";
import type { Asked } from "./stage.ts";

/** The routes by which anything is done with an invitation. */
const INVITATION_ROUTES = [...inviteRoutes, ...acceptRoutes, shareRoute, updateShareInvitationRoute] as const;

const problem = z.looseObject({ code: z.string() });
const results = z.object({ results: z.array(z.looseObject({ problem: problem.optional() })) });

function codesIn({ answer }: Asked): string[] {
  const own = problem.safeParse(answer.body).data;
  if (answer.status >= 300) return own === undefined ? [] : [own.code];
  const ofAddresses = results.safeParse(answer.body).data?.results ?? [];
  return ofAddresses.flatMap((result) => (result.problem === undefined ? [] : [result.problem.code]));
}

/** Routes that lead to the same, whatever the way: by the link, or from one's own invitations. */
const SAME_AS: Readonly<Record<string, string>> = {
  acceptMyInvitation: "acceptInvitation",
  declineMyInvitation: "declineInvitation",
};

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/\{[a-z]+\}/gu, "[^/?]+")}(\\?|$)`, "u");

/** The refusals of a route that were met. */
function metBy(asked: readonly Asked[], operationId: string): Set<string> {
  const found = INVITATION_ROUTES.find((route) => route.operationId === operationId);
  if (found === undefined) return new Set();
  const pattern = patternOf(found.path);
  const its = asked.filter(({ method, path }) => method === found.method && pattern.test(path));
  return new Set(its.flatMap(codesIn));
}

/** Every refusal that a route of an invitation declares and nobody has met. */
export function refusalsMissed(asked: readonly Asked[]): string[] {
  return INVITATION_ROUTES.flatMap(({ operationId, refusals = [] }) => {
    const met = metBy(asked, operationId);
    const metOtherwise = metBy(asked, SAME_AS[operationId] ?? operationId);
    return refusals
      .filter((code) => !met.has(code) && !metOtherwise.has(code))
      .map((code) => `${operationId} ${code}`);
  });
}
