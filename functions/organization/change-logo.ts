import { createHash } from "node:crypto";
import { mayUseLogo } from "@vestibule/domain/brand";
import { presentOrganization } from "../contract/organization.ts";
import { invalid } from "../shell/request-body.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { logoWrite, removeLogoWrite, replacedLogoWrite } from "../table/logos.ts";
import type { Organization } from "../table/organizations.ts";
import type { Table } from "../table/table.ts";
import type { deleteLogoRoute, putLogoRoute } from "./brand-contract.ts";
import { changeOrganization } from "./change-organization.ts";
import { settingsWithLogo } from "./changed-settings.ts";
import { logoSizeOf } from "./logo-size.ts";

const HASH_CHARACTERS = 32;
const FIELDS = ["settings.brand.logo"];

function answered(organization: Organization): Answer {
  return { status: 200, body: presentOrganization(organization), version: organization.version };
}

/** BRD-1: sets the logo, if the bytes are an image of the type named and fit; the one before is shown by mails for a while. */
export async function putLogo(table: Table, request: Request<typeof putLogoRoute>): Promise<Answer> {
  const { params, body, now } = request;
  const { type } = body;
  const data = Buffer.from(body.data, "base64");
  const size = logoSizeOf(data, type);
  if (size === undefined) throw invalid([{ path: "data", message: `Not an image of the type ${type}` }]);
  demand(mayUseLogo({ ...size, bytes: data.length }));
  const hash = createHash("sha256").update(data).digest("hex").slice(0, HASH_CHARACTERS);
  const organization = await changeOrganization(table, request, (before) => {
    const replaced = before.settings.brand?.logo;
    const isOther = replaced !== undefined && replaced !== null && replaced.hash !== hash;
    return {
      after: { ...before, settings: settingsWithLogo(before.settings, { hash, type }) },
      writes: [
        logoWrite(params.org, hash, { type, data }),
        ...(isOther ? [replacedLogoWrite(params.org, replaced.hash, now)] : []),
      ],
      fields: FIELDS,
    };
  });
  return answered(organization);
}

/** BRD-1: removes the logo, its bytes too. */
export async function deleteLogo(table: Table, request: Request<typeof deleteLogoRoute>): Promise<Answer> {
  const organization = await changeOrganization(table, request, (before) => {
    const logo = before.settings.brand?.logo ?? null;
    if (logo === null) return undefined;
    return {
      after: { ...before, settings: settingsWithLogo(before.settings, null) },
      writes: [removeLogoWrite(request.params.org, logo.hash)],
      fields: FIELDS,
    };
  });
  return answered(organization);
}
