import type { Invitation } from "./invitation.ts";
import type { Delivery, Locale, ShareRight } from "./vocabulary.ts";

/** A mail address of an organization. */
export type MailAddress = { id: string; address: string; name: string | null; createdAt: string };

export type NewMailAddress = { address: string; name?: string };

/** Where rights come from; several sources add up (SHR-8). */
export type ShareSource =
  | { kind: "own"; rights: ShareRight[] }
  | { kind: "group"; groupId: string; rights: ShareRight[] };

/** Somebody with access; `rights` are those of all sources together. */
export type Holder = {
  kind: "holder";
  userId: string;
  name: string;
  email: string;
  rights: ShareRight[];
  sources: ShareSource[];
  since: string;
};

/** A group whose people have access. */
export type GroupShare = {
  kind: "group";
  groupId: string;
  name: string;
  rights: ShareRight[];
  since: string;
};

export type Share = Holder | GroupShare | { kind: "invitation"; invitation: Invitation };

/**
 * SHR-4: a member or a group, who have access at once, or an outsider, who is invited: with an address, or by a link for
 * whoever holds it.
 */
export type NewShare = { rights?: ShareRight[] } & (
  | { userId: string }
  | { groupId: string }
  | {
      email?: string;
      firstName?: string;
      lastName?: string;
      delivery?: Delivery;
      strict?: boolean;
      message?: string;
      locale?: Locale;
      expiresInDays?: number;
    }
);

/** Access that there is at once, or an invitation with its link where one was asked for. */
export type Shared = { share?: Holder | GroupShare; invitation?: Invitation; link?: string };

/** A mail address that the caller has access to (SHR-7). */
export type MyMailAddress = {
  id: string;
  address: string;
  name: string | null;
  organization: { id: string; name: string };
  rights: ShareRight[];
  sources: ShareSource[];
  /** The organization of theirs, or `personal`, that it is attached to. */
  attachedTo: string;
  since: string;
};
