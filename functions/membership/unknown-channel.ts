import type { Standing } from "@vestibule/domain/people";
import { permit } from "@vestibule/domain/permissions";
import { notFound, type Problem, problemOf } from "../shell/problem.ts";

/**
 * The refusal for a channel that is not there: word for word that for one which somebody may not know of, so that
 * nobody learns by asking which ids exist (GST-9, CH-5).
 */
export function unknownChannel(standing: Standing): Problem {
  const decision = permit("channel.read", { standing });
  return decision.allowed ? notFound("channel") : problemOf(decision);
}
