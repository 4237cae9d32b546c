import * as z from "zod";
import { statusInputFields, statusShape } from "../contract/status.ts";
import { route } from "../shell/route.ts";

/** How many people one request asks about, as many as one connection may watch. */
const MAX_PEOPLE = 100;

export const setStatusRoute = route({
  operationId: "setStatus",
  method: "PUT",
  path: "/v1/organizations/{org}/me/status",
  function: "organization",
  summary:
    "Set my presence, my custom status, or both; what is left out stays. `until` ends DND, and a custom status that has no end of its own.",
  rules: ["PRS-1", "PRS-2", "GST-5"],
  body: z
    .strictObject(statusInputFields)
    .refine(({ presence, custom }) => presence !== undefined || custom !== undefined, "Nothing to set"),
  answers: { 200: statusShape },
  refusals: ["status-invalid"],
});

export const listStatusesRoute = route({
  operationId: "listStatuses",
  method: "GET",
  path: "/v1/organizations/{org}/statuses",
  function: "organization",
  summary: "How these people are, up to 100; who does not exist to me is left out.",
  rules: ["PRS-1", "PRS-2", "PRS-3", "GST-16"],
  query: z.strictObject({
    userIds: z
      .string()
      .min(1)
      .max(MAX_PEOPLE * 65)
      .transform((text) => [...new Set(text.split(",").map((userId) => userId.trim()))])
      .refine((userIds) => userIds.length <= MAX_PEOPLE, `At most ${MAX_PEOPLE} people`),
  }),
  answers: { 200: z.object({ items: z.array(statusShape), nextCursor: z.null() }) },
});

/** The routes of presence and status. */
export const statusRoutes = [setStatusRoute, listStatusesRoute] as const;
