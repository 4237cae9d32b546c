import { permit } from "@vestibule/domain/permissions";
import { mayChangeShare } from "@vestibule/domain/shares";
import * as z from "zod";
import type { Replay } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { addSecret, linkOf, mintSecret } from "../table/invitation-secrets.ts";
import type { Table } from "../table/table.ts";
import { loadManaged } from "./load-managed.ts";

const answered = z.looseObject({ link: z.string().optional() });

const stored = z.looseObject({
  organizationId: z.string(),
  hadLink: z.boolean(),
  invitation: z.looseObject({ id: z.string(), resentAt: z.string() }),
});

/**
 * Keeps the answer of a resend without its link, and makes a new one when the request is repeated, by somebody who may
 * still resend it, and of a share has signed in of late (SHR-2): only the hash of a secret is ever stored (INV-3).
 */
export function replayResend(table: Table, pageBaseUrl: string): Replay {
  return {
    demand: async ({ params, person, now }) => {
      const where = { org: params["org"] ?? "", inv: params["inv"] ?? "" };
      const { who, invitation } = await loadManaged(
        table,
        { params: where, person, now },
        "invitation.resend",
      );
      const { standing } = who;
      const { signedInAt } = person;
      demand(
        invitation.kind === "share"
          ? mayChangeShare({ actor: standing, signedInAt, now })
          : permit("invitation.resend", { standing }),
      );
    },
    store: (body, { params }) => {
      const { link, ...rest } = answered.parse(body);
      return { ...rest, organizationId: params["org"], hadLink: link !== undefined };
    },
    restore: async (body) => {
      const { organizationId: org, hadLink, ...rest } = stored.parse(body);
      if (!hadLink) return rest;
      const { id, resentAt } = rest.invitation;
      const { secret, hash } = mintSecret(org, id);
      const isAdded = await addSecret(table, org, id, hash, Date.parse(resentAt));
      return isAdded ? { ...rest, link: linkOf(pageBaseUrl, secret) } : rest;
    },
  };
}
