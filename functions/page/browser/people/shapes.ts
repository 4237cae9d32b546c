import { RIGHTS, type Right } from "@vestibule/domain/vocabulary";
import { type Fields, objectIn, textIn, textsIn } from "../json.ts";

export type Member = {
  id: string;
  name: string;
  email: string;
  orgRole: string;
  chatRole: string;
  rights: Readonly<Record<Right, boolean>>;
  isActive: boolean;
  joinedAt: string;
};

export type Guest = {
  id: string;
  name: string;
  email: string;
  /** Left out in what is told live. */
  channelIds: string[] | undefined;
  endsAt: string;
  joinedAt: string;
  sender: string;
};

export type Invitation = {
  id: string;
  kind: string;
  email: string;
  /** Of a share, the mail address that it is of. */
  address: string;
  firstName: string;
  lastName: string;
  state: string;
  orgRole: string;
  chatRole: string;
  /** Of a member; what a share gives is not among them. */
  rights: Readonly<Record<Right, boolean>>;
  groupIds: string[];
  /** Left out in what is told live. */
  channelIds: string[] | undefined;
  deliveryBy: string;
  deliveryState: string;
  sender: string;
  resentAt: string;
  expiresAt: string;
  guestEndsAt: string;
};

function numberIn(fields: Fields | undefined, name: string): number | undefined {
  const value = fields?.[name];
  return typeof value === "number" ? value : undefined;
}

function fullName(fields: Fields): string {
  return [textIn(fields, "firstName"), textIn(fields, "lastName")].filter((name) => name !== "").join(" ");
}

function rightsIn(fields: Fields): Record<Right, boolean> {
  const rights = objectIn(fields, "rights");
  const holds = (right: Right) => rights?.[right] === true;
  return {
    suite: holds("suite"),
    chat: holds("chat"),
    mail: holds("mail"),
    accounting: holds("accounting"),
  };
}

export function memberIn(fields: Fields): Member {
  return {
    id: textIn(fields, "userId"),
    name: fullName(fields),
    email: textIn(fields, "email"),
    orgRole: textIn(fields, "orgRole"),
    chatRole: textIn(fields, "chatRole"),
    rights: rightsIn(fields),
    isActive: textIn(fields, "state") !== "deactivated",
    joinedAt: textIn(fields, "joinedAt"),
  };
}

/** The rights that somebody holds, in the vocabulary's order. */
export function rightsHeld({ rights }: Pick<Member, "rights">): Right[] {
  return RIGHTS.filter((right) => rights[right]);
}

export function guestIn(fields: Fields): Guest {
  return {
    id: textIn(fields, "userId"),
    name: fullName(fields),
    email: textIn(fields, "email"),
    channelIds: Array.isArray(fields["channelIds"]) ? textsIn(fields, "channelIds") : undefined,
    endsAt: textIn(fields, "endsAt"),
    joinedAt: textIn(fields, "joinedAt"),
    sender: textIn(objectIn(fields, "invitedBy"), "name"),
  };
}

export function invitationIn(fields: Fields): Invitation {
  const delivery = objectIn(fields, "delivery");
  return {
    id: textIn(fields, "id"),
    kind: textIn(fields, "kind"),
    email: textIn(fields, "email"),
    address: textIn(fields, "address"),
    firstName: textIn(fields, "firstName"),
    lastName: textIn(fields, "lastName"),
    state: textIn(fields, "state"),
    orgRole: textIn(fields, "orgRole"),
    chatRole: textIn(fields, "chatRole"),
    rights: rightsIn(fields),
    groupIds: textsIn(fields, "groupIds"),
    channelIds: Array.isArray(fields["channelIds"]) ? textsIn(fields, "channelIds") : undefined,
    deliveryBy: textIn(delivery, "by"),
    deliveryState: textIn(delivery, "state"),
    sender: textIn(objectIn(fields, "invitedBy"), "name"),
    resentAt: textIn(fields, "resentAt"),
    expiresAt: textIn(fields, "expiresAt"),
    guestEndsAt: textIn(fields, "guestEndsAt"),
  };
}

/** SEAT-10; a limit that is left out is none. */
export type Usage = {
  members: number;
  seats: { limit: number | undefined; held: number; reserved: number; overLimit: number };
  guests: number;
  pendingGuests: number;
  pendingMembers: number;
  guestLimit: number | undefined;
  channels: number;
};

export function usageIn(fields: Fields): Usage {
  const seats = objectIn(fields, "seats");
  const count = (name: string, from: Fields | undefined = fields) => numberIn(from, name) ?? 0;
  return {
    members: count("members"),
    seats: {
      limit: numberIn(seats, "limit"),
      held: count("held", seats),
      reserved: count("reserved", seats),
      overLimit: count("overLimit", seats),
    },
    guests: count("guests"),
    pendingGuests: count("pendingGuests"),
    pendingMembers: count("pendingMembers"),
    guestLimit: numberIn(fields, "guestLimit"),
    channels: count("publicChannels") + count("privateChannels"),
  };
}
