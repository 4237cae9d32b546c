import { DEFAULT_SHARE_RIGHTS, SHARE_RIGHTS, type ShareRight } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import type { GroupShare } from "../table/group-shares.ts";
import type { MailAddress } from "../table/mail-addresses.ts";
import { invitationShape } from "./invitation.ts";

const rightsShape = z.array(z.enum(SHARE_RIGHTS));

/** SHR-5: what a share gives, at least one right; kept in the order of the vocabulary, each once. */
export const shareRightsInput = rightsShape.min(1).max(SHARE_RIGHTS.length);

/** SHR-5: rights as they are kept; `read` and `send` unless it says otherwise. */
export function rightsInOrder(given: readonly ShareRight[] = DEFAULT_SHARE_RIGHTS): ShareRight[] {
  return SHARE_RIGHTS.filter((right) => given.includes(right));
}

/** A mail address of an organization as those who manage it see it. */
export const mailAddressShape = z.object({
  id: z.string(),
  address: z.string(),
  name: z.string().nullable(),
  createdAt: z.string(),
});

/** A mail address as those who manage it see it. */
export function presentMailAddress(mailAddress: MailAddress): z.infer<typeof mailAddressShape> {
  const { addressId, address, name, createdAt } = mailAddress;
  return { id: addressId, address, name: name ?? null, createdAt };
}

/** SHR-8: where rights come from; several sources add up. */
export const sourceShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("own"), rights: rightsShape }),
  z.object({ kind: z.literal("group"), groupId: z.string(), rights: rightsShape }),
]);

export type Source = z.infer<typeof sourceShape>;

/** Somebody with access of their own; `rights` are those of all sources together. */
export const holderShape = z.object({
  kind: z.literal("holder"),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  rights: rightsShape,
  sources: z.array(sourceShape),
  since: z.string(),
});

/** A group whose people have access. */
export const groupShareShape = z.object({
  kind: z.literal("group"),
  groupId: z.string(),
  name: z.string(),
  rights: rightsShape,
  since: z.string(),
});

/** A group's access as those who manage the mail address see it. */
export function presentGroupShare(share: GroupShare, name: string): z.infer<typeof groupShareShape> {
  const { groupId, rights, createdAt } = share;
  return { kind: "group", groupId, name, rights, since: createdAt };
}

/** SHR-6: everything in an address's list. */
export const shareShape = z.discriminatedUnion("kind", [
  holderShape,
  groupShareShape,
  z.object({ kind: z.literal("invitation"), invitation: invitationShape }),
]);

/** SHR-7: a mail address that I have access to. */
export const myMailAddressShape = z.object({
  id: z.string(),
  address: z.string(),
  name: z.string().nullable(),
  /** Whose mail address it is. */
  organization: z.object({ id: z.string(), name: z.string() }),
  rights: rightsShape,
  sources: z.array(sourceShape),
  /** The organization of mine, or `personal`, that it is attached to. */
  attachedTo: z.string(),
  since: z.string(),
});
