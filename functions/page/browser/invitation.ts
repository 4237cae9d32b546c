import { type Fields, objectIn, objectsIn, textIn } from "./json.ts";
import { sentences } from "./sentences.ts";

/** What the page shows of an invitation. */
export type Invitation = {
  secret: string;
  organization: string;
  sender: string;
  email: string;
  /** The names that the sender gave. */
  firstName: string;
  lastName: string;
  /** What the sender wrote. */
  message: string;
  role: string;
  isGuest: boolean;
  /** The channels that it leads to (GINV-3). */
  channels: { id: string; name: string }[];
  until: string;
  isStrict: boolean;
  terms: string;
};

function isOrgRole(role: string): role is keyof typeof sentences.orgRoles {
  return role in sentences.orgRoles;
}

/** The roles in words; empty where the service names none. A guest has none but that of a guest. */
export function roleIn(fields: Fields): string {
  if (textIn(fields, "kind") === "guest") return sentences.guest;
  const orgRole = textIn(fields, "orgRole");
  const roles = isOrgRole(orgRole) ? [sentences.orgRoles[orgRole]] : [];
  return sentences.and(textIn(fields, "chatRole") === "admin" ? [...roles, sentences.chatAdmin] : roles);
}

/** Channels by name: all that an invitation leads to, or those that an acceptance led to. */
export function channelNames({ channels }: Invitation, accepted?: Fields): string {
  const joined = accepted?.["channelIds"];
  const shown = Array.isArray(joined) ? channels.filter(({ id }) => joined.includes(id)) : channels;
  return shown.map(({ name }) => `#${name}`).join(", ");
}

function dateIn(text: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });
  return text === "" ? "" : format.format(new Date(text));
}

/** The invitation in the answer of `preview`. */
export function invitationIn(secret: string, preview: Fields): Invitation {
  const requires = objectIn(preview, "requires");
  return {
    secret,
    organization: textIn(objectIn(preview, "organization"), "name"),
    sender: textIn(objectIn(preview, "invitedBy"), "name") || sentences.theSender,
    email: textIn(preview, "email"),
    firstName: textIn(preview, "firstName"),
    lastName: textIn(preview, "lastName"),
    message: textIn(preview, "message"),
    role: roleIn(preview),
    isGuest: textIn(preview, "kind") === "guest",
    channels: objectsIn(preview, "channels").map((channel) => ({
      id: textIn(channel, "id"),
      name: textIn(channel, "name"),
    })),
    until: dateIn(textIn(preview, "expiresAt")),
    isStrict: requires?.["strict"] !== false,
    terms: textIn(requires, "terms"),
  };
}
