import * as z from "zod";
import type { LocalStack } from "../../infra/local/contracts.ts";
import { send } from "./send.ts";
import { until } from "./until.ts";

const mailSchema = z.object({
  id: z.string(),
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
});

export type Mail = z.infer<typeof mailSchema>;

/** Every mail that an address has got, oldest first. */
export async function mailsTo(stack: LocalStack, email: string): Promise<Mail[]> {
  const answer = await send(stack, "GET", `/local/mailbox?to=${encodeURIComponent(email)}`);
  return z.object({ items: z.array(mailSchema) }).parse(answer.body).items;
}

/** The first mail to an address, once it is there. */
export async function mailTo(stack: LocalStack, email: string, patienceMs?: number): Promise<Mail> {
  return await until(`a mail to ${email}`, async () => (await mailsTo(stack, email))[0], patienceMs);
}

/** The secret of the link in a mail. */
export function secretIn({ text }: Pick<Mail, "text">): string {
  const secret = /\/invite#(\S+)/u.exec(text)?.[1];
  if (secret === undefined) throw new Error("a mail without a link");
  return secret;
}
