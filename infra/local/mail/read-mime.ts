import PostalMime, { type Address } from "postal-mime";

export type MimeMail = {
  from: string;
  to: string;
  recipients: string[];
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
};

/** A raw mail's readable parts: transfer encodings undone, encoded words read. */
export async function readMime(raw: Uint8Array): Promise<MimeMail> {
  const mail = await PostalMime.parse(raw);
  const to = mail.to ?? [];
  const everybody = [...to, ...(mail.cc ?? []), ...(mail.bcc ?? [])];
  return {
    from: mail.from ? written(mail.from) : "",
    to: to.map(written).join(", "),
    recipients: everybody
      .flatMap((address) => address.group ?? [address])
      .flatMap(({ address }) => address ?? []),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? "",
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  };
}

function written({ name, address, group }: Address): string {
  if (group) return group.map(written).join(", ");
  return name ? `${name} <${address}>` : (address ?? "");
}
