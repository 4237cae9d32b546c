import { type Fields, fieldsIn, objectIn, textIn } from "../json.ts";
import { remember, remembered } from "../session.ts";

/** Whose it is, and where: what somebody else left in this tab is nobody's. */
let owner = "";
let kept: Fields = {};

/** Opens what this tab keeps of a person in an organization: where they were, what they were writing. */
export function openKept(whose: string): void {
  const before = fieldsIn(remembered("chat") ?? "");
  owner = whose;
  kept = textIn(before, "owner") === whose ? (objectIn(before, "kept") ?? {}) : {};
}

/** What is kept by that name; it is to be checked as everything from outside. */
export function recall(name: string): Fields | undefined {
  return objectIn(kept, name);
}

/** Keeps something for a reload, and the way to the sign-in page and back; it ends with the tab. */
export function keep(name: string, value: Fields): void {
  kept = { ...kept, [name]: value };
  remember("chat", JSON.stringify({ owner, kept }));
}
