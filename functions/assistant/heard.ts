import type { StreamRecord } from "../relay/stream-event.ts";
import type { PersonRecord } from "../table/person-records.ts";
import { itemChange } from "../table/stream-items.ts";
import type { Asked } from "./answer-question.ts";

/** What a record of the table's stream tells the assistant: that somebody has come, or has written to it. */
export type Heard =
  | { readonly kind: "newcomer"; readonly person: PersonRecord }
  | ({ readonly kind: "question" } & Asked);

/** `undefined` for what is none of its concern, which the filter keeps from it anyway. */
export function heardFrom({ dynamodb }: StreamRecord): Heard | undefined {
  const { Keys, OldImage, NewImage } = dynamodb;
  const change = itemChange({ pk: Keys.pk.S, sk: Keys.sk.S, oldImage: OldImage, newImage: NewImage });
  if (change === undefined || OldImage !== undefined) return undefined;
  if (change.kind === "person" && change.after?.isNewcomer === true) {
    return { kind: "newcomer", person: change.after };
  }
  if (change.kind === "message" && change.after?.isForBot === true) {
    const { organizationId, channelId, after } = change;
    return { kind: "question", channel: { organizationId, channelId }, message: after };
  }
  return undefined;
}
