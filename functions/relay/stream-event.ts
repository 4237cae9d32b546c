import * as z from "zod";
import type { Image, ItemChange } from "../table/stream-items.ts";

const image = z.custom<Image>((value) => typeof value === "object" && value !== null);

/** What the relay reads of a DynamoDB stream event. */
export const streamEvent = z.object({
  Records: z.array(
    z.object({
      eventName: z.enum(["INSERT", "MODIFY", "REMOVE"]),
      /** Set when it was not a person's doing: by TTL, the service itself. */
      userIdentity: z.object({ principalId: z.string().optional() }).nullish(),
      dynamodb: z.object({
        SequenceNumber: z.string(),
        Keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
        OldImage: image.optional(),
        NewImage: image.optional(),
      }),
    }),
  ),
});

export type StreamRecord = z.infer<typeof streamEvent>["Records"][number];

/** A record, and what it says. */
export type Heard = { readonly record: StreamRecord; readonly change: ItemChange };

/** Whether TTL removed the item: its connections have long ended. */
export function isExpiry({ userIdentity }: StreamRecord): boolean {
  return userIdentity?.principalId === "dynamodb.amazonaws.com";
}
