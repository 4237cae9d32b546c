import { readMime } from "./read-mime.ts";
import { SesError } from "./ses-error.ts";

/** What both operations come to. */
export type SesMail = {
  source: string;
  to: string;
  /** Bare addresses of everybody it goes to. */
  recipients: string[];
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  configurationSet?: string;
  tags: Record<string, string>;
};

/** Reads a `SendEmail` or `SendRawEmail` of the query API (version 2010-12-01). @throws SesError */
export async function readSesRequest(form: URLSearchParams): Promise<SesMail> {
  const action = form.get("Action");
  if (action === "SendEmail") return readSendEmail(form);
  if (action === "SendRawEmail") return readSendRawEmail(form);
  throw new SesError(400, "InvalidAction", `The local SES does not know ${action}.`);
}

function readSendEmail(form: URLSearchParams): SesMail {
  const source = required(form, "Source");
  const to = members(form, "Destination.ToAddresses");
  const copies = members(form, "Destination.CcAddresses");
  const blindCopies = members(form, "Destination.BccAddresses");
  const replyTo = members(form, "ReplyToAddresses");
  const subject = required(form, "Message.Subject.Data");
  const html = form.get("Message.Body.Html.Data") ?? "";
  const text = form.get("Message.Body.Text.Data") ?? "";
  if (html === "" && text === "") throw new SesError(400, "InvalidParameterValue", "The body is missing.");
  return {
    source,
    to: to.join(", "),
    recipients: [...to, ...copies, ...blindCopies].map(bareAddress),
    subject,
    text,
    html,
    headers: {
      from: source,
      to: to.join(", "),
      ...(copies.length > 0 && { cc: copies.join(", ") }),
      ...(replyTo.length > 0 && { "reply-to": replyTo.join(", ") }),
      subject,
    },
    configurationSet: form.get("ConfigurationSetName") ?? undefined,
    tags: tagsOf(form),
  };
}

async function readSendRawEmail(form: URLSearchParams): Promise<SesMail> {
  const mail = await readMime(Buffer.from(required(form, "RawMessage.Data"), "base64"));
  const destinations = members(form, "Destinations");
  const source = form.get("Source") ?? mail.from;
  if (!source) throw new SesError(400, "InvalidParameterValue", "Missing From.");
  return {
    source,
    to: mail.to || destinations.join(", "),
    recipients: (destinations.length > 0 ? destinations : mail.recipients).map(bareAddress),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    // SES takes both from the message's own headers where the call does not name them.
    configurationSet: form.get("ConfigurationSetName") ?? mail.headers["x-ses-configuration-set"],
    tags: { ...headerTags(mail.headers["x-ses-message-tags"]), ...tagsOf(form) },
  };
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null) throw new SesError(400, "ValidationError", `Value at '${name}' must not be null.`);
  return value;
}

/** `Name.member.1`, `Name.member.2` … */
function members(form: URLSearchParams, name: string): string[] {
  const found: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = form.get(`${name}.member.${index}`);
    if (value === null) return found;
    found.push(value);
  }
}

function tagsOf(form: URLSearchParams): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let index = 1; ; index += 1) {
    const name = form.get(`Tags.member.${index}.Name`);
    if (name === null) return Object.fromEntries(pairs);
    pairs.push([name, form.get(`Tags.member.${index}.Value`) ?? ""]);
  }
}

function headerTags(header: string | undefined): Record<string, string> {
  const pairs = (header ?? "").split(",").map((pair) => pair.split("="));
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => (name && value !== undefined ? [[name.trim(), value.trim()]] : [])),
  );
}

/** `"Name" <a@b>` → `a@b`. */
function bareAddress(address: string): string {
  return (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim();
}
