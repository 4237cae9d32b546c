import { allow, type Decision, deny, firstDenial } from "./decision.ts";
import type { Standing } from "./people.ts";
import { permit } from "./permissions.ts";

/**
 * GST-16, DIR-1: whether a person exists to the viewer, in whatever list, search, presence, event or answer. Members see
 * everybody of the organization; a guest themselves, and those they share a channel with.
 */
export function maySeePerson(facts: {
  readonly viewer: Standing;
  readonly sharesChannel: boolean;
  readonly isSelf?: boolean;
}): Decision {
  const { viewer, sharesChannel, isSelf = false } = facts;
  return firstDenial(
    permit("permissions.read", { standing: viewer }),
    viewer.kind === "member" || sharesChannel || isSelf ? allow() : deny("not-found", "GST-16"),
  );
}
