import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LocalContext } from "../../../infra/local/contracts.ts";
import { type Mail, mailboxOf } from "../../../infra/local/mail/mailbox.ts";
import { messageId } from "../../../infra/local/mail/message-id.ts";

const mail = (id: string): Mail => ({
  id,
  to: "ada@example.com",
  from: "hello@example.com",
  subject: "Zoë",
  text: "line\nline",
  html: "",
  headers: {},
  at: "2026-11-22T00:00:00.000Z",
  recipients: ["ada@example.com"],
});

test("mails outlive the stack where it keeps its data, and only there", () => {
  const parent = mkdtempSync(join(tmpdir(), "mailbox-"));
  try {
    // Not there yet: the first start makes it.
    const stack = () => ({ dataDirectory: join(parent, "data") }) as LocalContext;
    const first = mailboxOf(stack());
    first.add(mail("1"));
    first.add(mail("2"));
    expect(mailboxOf(stack()).list()).toEqual([mail("1"), mail("2")]);
    first.clear();
    expect(mailboxOf(stack()).list()).toEqual([]);
    expect(mailboxOf({} as LocalContext).list()).toEqual([]);
  } finally {
    rmSync(parent, { recursive: true });
  }
});

test("ids sort by time, even within a millisecond", () => {
  const ids = Array.from({ length: 50 }, () => messageId(1_800_000_000_000));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(50);
});
