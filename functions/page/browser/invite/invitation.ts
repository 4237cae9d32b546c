import type { InvitationKind } from "@vestibule/domain/vocabulary";
import { type Fields, objectIn, objectsIn, textIn, textsIn } from "../json.ts";
import { locale, say } from "./language.ts";
import type { Names } from "./sentences.ts";

type Named = { id: string; name: string };

/** As whom an invitation is answered: the link's holder, or the one whose verified address it is for. */
export type Door =
  | { by: "link"; secret: string }
  | { by: "address"; invitationId: string; organizationId: string };

/** What the page shows of an invitation. */
export type Invitation = {
  door: Door;
  kind: InvitationKind;
  organization: string;
  /** Empty when the service names none. */
  sender: string;
  /** Empty for a link that is for whoever holds it. */
  email: string;
  /** The names that the sender gave. */
  firstName: string;
  lastName: string;
  /** What the sender wrote. */
  message: string;
  orgRole: string;
  isChatAdmin: boolean;
  /** The channels that it leads to (GINV-3). */
  channels: Named[];
  /** The mail address that is shared, and what may be done with it (SHR-5). */
  address: string;
  rights: string[];
  expiresAt: string;
  guestEndsAt: string;
  isStrict: boolean;
  needsSecondFactor: boolean;
  terms: string;
  /** As the service told it, to be kept over a reload. */
  told: Fields;
};

const KINDS: readonly InvitationKind[] = ["member", "guest", "share"];

/** The kind in an answer; a member's when it names none that the page knows. */
export function kindIn(fields: Fields): InvitationKind {
  return KINDS.find((kind) => kind === textIn(fields, "kind")) ?? "member";
}

/** The invitation in the answer of `preview`, or in the list of one's own. */
export function invitationIn(door: Door, preview: Fields): Invitation {
  const requires = objectIn(preview, "requires");
  return {
    door,
    kind: kindIn(preview),
    organization: textIn(objectIn(preview, "organization"), "name"),
    sender: textIn(objectIn(preview, "invitedBy"), "name"),
    email: textIn(preview, "email"),
    firstName: textIn(preview, "firstName"),
    lastName: textIn(preview, "lastName"),
    message: textIn(preview, "message"),
    orgRole: textIn(preview, "orgRole"),
    isChatAdmin: textIn(preview, "chatRole") === "admin",
    channels: objectsIn(preview, "channels").map((channel) => ({
      id: textIn(channel, "id"),
      name: textIn(channel, "name"),
    })),
    address: textIn(preview, "address"),
    rights: textsIn(preview, "rights"),
    expiresAt: textIn(preview, "expiresAt"),
    guestEndsAt: textIn(preview, "guestEndsAt"),
    isStrict: requires?.["strict"] !== false,
    needsSecondFactor: requires?.["mfa"] === true,
    terms: textIn(requires, "terms"),
    told: preview,
  };
}

/** The invitation as it turned out: with those channels only that the acceptance led to (GINV-8). */
export function acceptedIn(told: Fields, answer: Fields): Omit<Invitation, "door"> {
  const { door: _, ...invitation } = invitationIn({ by: "link", secret: "" }, told);
  const joined = textsIn(answer, "channelIds");
  return {
    ...invitation,
    orgRole: textIn(answer, "orgRole") || invitation.orgRole,
    channels: invitation.channels.filter(({ id }) => joined.includes(id)),
  };
}

/** The names that sentences use. */
export function namesOf({ organization, sender }: Pick<Invitation, "organization" | "sender">): Names {
  return { organization, sender: sender || say().theSender };
}

/** British English where it is English: nobody has to guess which number of a date is the month. */
function format(): string {
  return locale() === "en" ? "en-GB" : locale();
}

function listOf(words: string[]): string {
  return new Intl.ListFormat(format(), { type: "conjunction" }).format(words);
}

function isKeyOf<Table extends object>(table: Table, key: string): key is keyof Table & string {
  return Object.hasOwn(table, key);
}

/** The roles in words; empty where the service names none. A guest has none but that of a guest (GST-13). */
export function roleOf({
  kind,
  orgRole,
  isChatAdmin,
}: Pick<Invitation, "kind" | "orgRole" | "isChatAdmin">): string {
  if (kind === "guest") return say().guest;
  const { orgRoles, chatAdmin } = say();
  const roles = isKeyOf(orgRoles, orgRole) ? [orgRoles[orgRole]] : [];
  return listOf(isChatAdmin ? [...roles, chatAdmin] : roles);
}

/** The rights of a share in words. */
export function rightsOf({ rights }: Pick<Invitation, "rights">): string {
  const { shareRights } = say();
  return listOf(rights.flatMap((right) => (isKeyOf(shareRights, right) ? [shareRights[right]] : [])));
}

const MOST_CHANNELS = 12;

/** The channels by name; of very many only the first. */
export function channelNames({ channels }: Pick<Invitation, "channels">): string {
  const names = channels.map(({ name }) => `#${name}`);
  const more = names.length - MOST_CHANNELS;
  return more > 0 ? `${names.slice(0, MOST_CHANNELS).join(", ")} ${say().andMore(more)}` : names.join(", ");
}

/** A time in words; empty where there is none. */
export function dateOf(text: string): string {
  if (text === "") return "";
  return new Intl.DateTimeFormat(format(), { dateStyle: "full", timeStyle: "short" }).format(new Date(text));
}
