import { type Fields, objectIn, textIn } from "./json.ts";
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
  until: string;
  isStrict: boolean;
  terms: string;
};

function isOrgRole(role: string): role is keyof typeof sentences.orgRoles {
  return role in sentences.orgRoles;
}

/** The roles in words; empty where the service names none. */
export function roleIn(fields: Fields): string {
  const orgRole = textIn(fields, "orgRole");
  const roles = isOrgRole(orgRole) ? [sentences.orgRoles[orgRole]] : [];
  return sentences.and(textIn(fields, "chatRole") === "admin" ? [...roles, sentences.chatAdmin] : roles);
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
    until: dateIn(textIn(preview, "expiresAt")),
    isStrict: requires?.["strict"] !== false,
    terms: textIn(requires, "terms"),
  };
}
