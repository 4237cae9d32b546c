import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { perContext } from "../http-gateway/per-context.ts";

const mailSchema = z.object({
  /** SES's message id; later mails have greater ones. */
  id: z.string(),
  /** As written, several addresses with commas between. */
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** Names in lower case. */
  headers: z.record(z.string(), z.string()),
  /** Stack time, ISO. */
  at: z.string(),
  /** Everybody it went to, copies included: bare addresses in lower case. */
  recipients: z.array(z.string()),
});

export type Mail = z.infer<typeof mailSchema>;

export type Mailbox = {
  add(mail: Mail): void;
  list(): readonly Mail[];
  clear(): void;
};

/** Every mail of the stack, oldest first; kept in a file where the stack keeps its data. */
export const mailboxOf = perContext<Mailbox>(({ dataDirectory }) => {
  const file = dataDirectory === undefined ? undefined : join(dataDirectory, "mailbox.jsonl");
  if (dataDirectory !== undefined) mkdirSync(dataDirectory, { recursive: true });
  let mails: Mail[] = file !== undefined && existsSync(file) ? readMails(file) : [];
  return {
    add(mail) {
      mails.push(mail);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(mail)}\n`);
    },
    list: () => mails,
    clear() {
      mails = [];
      if (file !== undefined) rmSync(file, { force: true });
    },
  };
});

function readMails(file: string): Mail[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => mailSchema.parse(JSON.parse(line)));
}
