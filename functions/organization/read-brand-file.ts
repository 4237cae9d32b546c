import { notFound } from "../shell/problem.ts";
import type { Answer, Request } from "../shell/route.ts";
import { getLogo } from "../table/logos.ts";
import type { Table } from "../table/table.ts";
import type { getBrandFileRoute } from "./brand-contract.ts";

/** The name says what is in it, so that it never changes; and it is an image, whatever somebody has put into it. */
const HEADERS = {
  "cache-control": "public, max-age=31536000, immutable",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
};

/** BRD-1: a logo, to whoever reads an invitation of the organization. */
export async function readBrandFile(
  table: Table,
  { params, now }: Request<typeof getBrandFileRoute>,
): Promise<Answer> {
  const logo = await getLogo(table, params.org, params.file, now);
  if (logo === undefined) throw notFound("file");
  return { status: 200, headers: HEADERS, file: { bytes: logo.data, type: logo.type } };
}
