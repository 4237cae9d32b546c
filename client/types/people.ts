import type { ChatRole, Locale, OrgRole, Rights } from "./vocabulary.ts";

export type Member = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  handle: string;
  orgRole: OrgRole;
  chatRole: ChatRole;
  rights: Rights;
  state: "active" | "deactivated";
  joinedAt: string;
};

/** Somebody from outside, in the channels they were given and nowhere else. */
export type Guest = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  handle: string;
  channelIds: string[];
  /** Past it they are no longer here (GINV-10). */
  endsAt: string | null;
  joinedAt: string;
  invitedBy: { userId: string; name: string };
};

export type Me = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  /** The language of their mails; `null` until they have said one. */
  locale: Locale | null;
  organizations: { id: string; name: string; kind: "member" | "guest"; endsAt?: string }[];
};

export type MeChange = { firstName?: string; lastName?: string; phone?: string | null; locale?: Locale };

export type DirectoryEntry =
  | {
      kind: "person";
      userId: string;
      name: string;
      firstName: string;
      lastName: string;
      handle: string;
      email: string;
      phone?: string;
    }
  | { kind: "group"; id: string; name: string; memberCount: number }
  /** The organization's assistant (BOT-1). */
  | { kind: "bot"; userId: string; name: string; handle: string };
