import * as z from "zod";
import type { Replay } from "../shell/route.ts";
import { addSecret, linkOf, mintSecret } from "../table/invitation-secrets.ts";
import type { Table } from "../table/table.ts";
import { finishEarlierBatch } from "./bulk-earlier.ts";

const stored = z.looseObject({
  organizationId: z.string(),
  results: z.array(z.looseObject({ hadLink: z.boolean().optional(), invitation: z.unknown().optional() })),
});

const answered = z.looseObject({
  results: z.array(z.looseObject({ link: z.string().optional() })),
});

const invitationId = z.object({ id: z.string() });

/**
 * Keeps the answer of an invite request without its links, and makes new ones when the request is repeated: only the
 * hash of a secret is ever stored (INV-3). The links of the first answer stay good. What was committed and answered, and
 * not made since (docs/adr/0020), is made first: an invitation that is not there has no link.
 */
export function replayLinks(table: Table, pageBaseUrl: string): Replay {
  async function linkFor(org: string, invitation: unknown): Promise<{ link?: string }> {
    const { id } = invitationId.parse(invitation);
    const { secret, hash } = mintSecret(org, id);
    return (await addSecret(table, org, id, hash)) ? { link: linkOf(pageBaseUrl, secret) } : {};
  }

  return {
    store: (body, { params }) => {
      const { results, ...rest } = answered.parse(body);
      const withoutLinks = results.map(({ link, ...result }) => ({ ...result, hadLink: link !== undefined }));
      return { ...rest, organizationId: params["org"], results: withoutLinks };
    },
    restore: async (body, suffix) => {
      const { organizationId, results, ...rest } = stored.parse(body);
      await finishEarlierBatch(table, organizationId, suffix);
      const withLinks = results.map(async ({ hadLink, ...result }) =>
        hadLink === true ? { ...result, ...(await linkFor(organizationId, result.invitation)) } : result,
      );
      return { ...rest, results: await Promise.all(withLinks) };
    },
  };
}
