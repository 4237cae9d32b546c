import type { Right } from "@vestibule/domain/vocabulary";
import type { Fields } from "../json.ts";
import { endOfDay } from "./end-of-day.ts";
import { rightsHeld } from "./shapes.ts";

/** What an invitation is to be; lists as one text, so that they compare. */
export type Draft = {
  firstName: string;
  lastName: string;
  orgRole: string;
  chatRole: string;
  rights: string;
  groups: string;
  channels: string;
  end: string;
  message: string;
};

/** Several words as one, in whatever order they came. */
export function joined(words: readonly string[]): string {
  return words.toSorted().join(" ");
}

function parted(words: string): string[] {
  return words.split(" ").filter((word) => word !== "");
}

/** The rights that are held, as one text. */
export function heldIn(rights: Readonly<Record<Right, boolean>>): string {
  return joined(rightsHeld({ rights }));
}

/**
 * What is different, as the API takes it. What is not is left out: an invitation may lead to channels that the editor may
 * not know of, which must not be lost (CH-5).
 */
export function changedIn(before: Draft, after: Draft): Fields {
  const is = (field: keyof Draft) => before[field] !== after[field];
  const rights = parted(after.rights).map((right) => [right, true]);
  return {
    ...(is("firstName") && { firstName: after.firstName || null }),
    ...(is("lastName") && { lastName: after.lastName || null }),
    ...(is("orgRole") && { orgRole: after.orgRole }),
    ...(is("chatRole") && { chatRole: after.chatRole }),
    // RGT-5: the others hold them all by role.
    ...(is("rights") && after.orgRole === "user" && { rights: Object.fromEntries(rights) }),
    ...(is("groups") && { groupIds: parted(after.groups) }),
    ...(is("channels") && { channelIds: parted(after.channels) }),
    ...(is("end") && { guestEndsAt: endOfDay(after.end) }),
    ...(is("message") && { message: after.message }),
  };
}
