import { LOGO_TYPES, type LogoType } from "@vestibule/domain/brand";
import * as z from "zod";
import { keys } from "./keys.ts";
import { getItem } from "./read.ts";
import { type Table, ttlSeconds } from "./table.ts";
import type { Write } from "./transaction.ts";

/**
 * The bytes of a logo (BRD-1): `O#<org>#LOGOS` / `<hash>`. A replaced one stays for as long as mails that show it may be
 * of use: 60 days, the longest life of an invitation twice.
 */
const logoItem = z.object({
  type: z.enum(LOGO_TYPES),
  data: z.instanceof(Uint8Array),
  expiresAt: z.number().optional(),
});

export type Logo = z.infer<typeof logoItem>;

/** What of a logo its organization keeps: enough to name its file. */
export type LogoName = { readonly hash: string; readonly type: string };

const REPLACED_KEPT_MS = 60 * 86_400_000;

/** How the file of a logo ends. */
const EXTENSIONS: Readonly<Record<LogoType, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
};

/** BRD-1: where a logo is served: on our own origin, so that page and mail load nothing from elsewhere (INV-16). */
export function logoPath(organizationId: string, { hash, type }: LogoName): string {
  const known = LOGO_TYPES.find((name) => name === type);
  return `/brand/${organizationId}/${hash}${known === undefined ? "" : `.${EXTENSIONS[known]}`}`;
}

/** The logo that a file's name stands for. */
export async function getLogo(
  table: Table,
  organizationId: string,
  file: string,
  now: number,
): Promise<Logo | undefined> {
  const [hash = "", extension = "", ...rest] = file.split(".");
  if (hash === "" || rest.length > 0) return undefined;
  const logo = await getItem(table, keys.logo(organizationId, hash), logoItem, { isConsistent: false });
  if (logo === undefined || EXTENSIONS[logo.type] !== extension) return undefined;
  return logo.expiresAt !== undefined && logo.expiresAt <= ttlSeconds(now) ? undefined : logo;
}

/** Keeps a logo's bytes, under their hash. */
export function logoWrite(organizationId: string, hash: string, logo: Pick<Logo, "type" | "data">): Write {
  return { label: "logo", put: { ...keys.logo(organizationId, hash), ...logo } };
}

/** Lets a logo go that another has replaced; mails that were sent show it for a while. */
export function replacedLogoWrite(organizationId: string, hash: string, now: number): Write {
  return {
    label: "replaced logo",
    update: keys.logo(organizationId, hash),
    expression: "SET expiresAt = :end",
    condition: "attribute_exists(pk)",
    values: { ":end": ttlSeconds(now + REPLACED_KEPT_MS) },
  };
}

/** Removes a logo that is to be shown nowhere any more. */
export function removeLogoWrite(organizationId: string, hash: string): Write {
  return { label: "logo", remove: keys.logo(organizationId, hash) };
}
