import * as z from "zod";
import { isId } from "../shell/ids.ts";

const idOf = (kind: "organization" | "invitation" | "notice") =>
  z.object({ S: z.string().refine((id) => isId(kind, id)) });

const queued = z.object({ M: z.object({ state: z.object({ S: z.literal("queued") }) }) });

/** The parts of a stream record's new image, in DynamoDB's own notation, that say whether there is a mail to send. */
const invitationImage = z.object({
  organizationId: idOf("organization"),
  invitationId: idOf("invitation"),
  state: z.object({ S: z.literal("pending") }),
  mail: queued,
});

const noticeImage = z.object({
  organizationId: idOf("organization"),
  noticeId: idOf("notice"),
  mail: queued,
});

/** An invitation, or a notice, as the mailer's records name it. */
export type QueuedInvitation = { readonly organizationId: string; readonly invitationId: string };
export type QueuedNotice = { readonly organizationId: string; readonly noticeId: string };
export type QueuedMail = QueuedInvitation | QueuedNotice;

/** Whose mail this record queued; `undefined` for any other record that the mapping let through. */
export function queuedMail(newImage: unknown): QueuedMail | undefined {
  const invitation = invitationImage.safeParse(newImage);
  if (invitation.success) {
    const { organizationId, invitationId } = invitation.data;
    return { organizationId: organizationId.S, invitationId: invitationId.S };
  }
  const notice = noticeImage.safeParse(newImage);
  if (!notice.success) return undefined;
  return { organizationId: notice.data.organizationId.S, noticeId: notice.data.noticeId.S };
}
