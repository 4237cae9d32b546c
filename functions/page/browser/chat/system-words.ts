import type { Message } from "@vestibule/client/types";
import { listed } from "./dates.ts";
import { say } from "./language.ts";
import { nameOf } from "./people-names.ts";

/** MSG-12 in the reader's language; what the page does not know yet as the service says it, in English. */
export function systemWords({ system, text, author }: Message): string {
  if (system === undefined) return text;
  const who =
    nameOf(system.actorId) === say().somebody && author.name !== "" ? author.name : nameOf(system.actorId);
  const people = system.userIds === undefined ? say().aGroup : listed(system.userIds.map(nameOf));
  const sentence = new Map(Object.entries(say().system)).get(system.kind);
  return sentence?.(who, people, system.text ?? "") ?? text;
}
