import { createHash } from "node:crypto";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import type { Table } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * That somebody signs in with an address: `L#<sha256 of the address key>` / `LOGIN`. Only verified addresses come here,
 * when their person founds an organization or accepts an invitation; such an address cannot be shared (SHR-3).
 */
const loginItem = z.object({ userId: z.string() });

const loginKey = (addressKey: string) => keys.login(createHash("sha256").update(addressKey).digest("hex"));

/** Remembers with which address somebody signs in; writing it again changes nothing. */
export function loginWrite(addressKey: string, userId: string): Write {
  const key = loginKey(addressKey);
  return { label: "login", put: { ...key, userId } };
}

/** SHR-3: a transaction's check that nobody signs in with this address. */
export function loginCheckWrite(addressKey: string): Write {
  return { label: "login", check: loginKey(addressKey), condition: "attribute_not_exists(pk)" };
}

/** SHR-3: whether somebody signs in with this address, read strongly. */
export async function isLogin(table: Table, addressKey: string): Promise<boolean> {
  return (await getItem(table, loginKey(addressKey), loginItem)) !== undefined;
}
