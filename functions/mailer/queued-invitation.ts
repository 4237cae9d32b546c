import * as z from "zod";
import { isId } from "../shell/ids.ts";

/** The parts of a stream record's new image, in DynamoDB's own notation, that say whether there is a mail to send. */
const image = z.object({
  organizationId: z.object({ S: z.string().refine((id) => isId("organization", id)) }),
  invitationId: z.object({ S: z.string().refine((id) => isId("invitation", id)) }),
  state: z.object({ S: z.literal("pending") }),
  mail: z.object({ M: z.object({ state: z.object({ S: z.literal("queued") }) }) }),
});

/** An invitation as the mailer's records name it. */
export type QueuedInvitation = { readonly organizationId: string; readonly invitationId: string };

/** The invitation whose mail this record queued; `undefined` for any other record that the mapping let through. */
export function queuedInvitation(newImage: unknown): QueuedInvitation | undefined {
  const parsed = image.safeParse(newImage);
  if (!parsed.success) return undefined;
  return { organizationId: parsed.data.organizationId.S, invitationId: parsed.data.invitationId.S };
}
