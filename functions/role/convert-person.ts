import type { Answer, Request } from "../shell/route.ts";
import type { Table } from "../table/table.ts";
import type { convertRoute } from "./contract.ts";
import { convertToGuest } from "./convert-to-guest.ts";
import { convertToMember } from "./convert-to-member.ts";

/** GINV-11: makes a guest a member, or a member a guest. */
export async function convertPerson(table: Table, request: Request<typeof convertRoute>): Promise<Answer> {
  const { body } = request;
  return body.to === "member"
    ? await convertToMember(table, request)
    : await convertToGuest(table, request, body.channelIds);
}
