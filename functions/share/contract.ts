import { DELIVERIES, LOCALES } from "@vestibule/domain/vocabulary";
import * as z from "zod";
import { emailText, listOf, namedId, nameText, pageQuery, text } from "../contract/fields.ts";
import { invitationShape } from "../contract/invitation.ts";
import {
  groupShareShape,
  holderShape,
  mailAddressShape,
  myMailAddressShape,
  shareRightsInput,
  shareShape,
} from "../contract/share.ts";
import { route } from "../shell/route.ts";

const ADDRESSES = "/v1/organizations/{org}/mail-addresses";
const ADDRESS = `${ADDRESSES}/{adr}` as const;
const SHARES = `${ADDRESS}/shares` as const;

/** What is refused to those who may not manage mail addresses. */
const WHO = ["not-mail-manager", "guest-restricted", "member-deactivated"] as const;

export const listMailAddressesRoute = route({
  operationId: "listMailAddresses",
  method: "GET",
  path: ADDRESSES,
  function: "share",
  summary: "The organization's mail addresses, oldest first.",
  rules: ["SHR-2"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(mailAddressShape) },
  refusals: WHO,
});

export const createMailAddressRoute = route({
  operationId: "createMailAddress",
  method: "POST",
  path: ADDRESSES,
  function: "share",
  summary: "Add a mail address of the organization, so that it can be shared.",
  rules: ["SHR-1", "SHR-2"],
  isIdempotent: true,
  body: z.strictObject({ address: emailText, name: nameText(100).optional() }),
  answers: { 201: mailAddressShape },
  refusals: [...WHO, "mail-address-taken"],
});

export const deleteMailAddressRoute = route({
  operationId: "deleteMailAddress",
  method: "DELETE",
  path: ADDRESS,
  function: "share",
  summary:
    "Remove a mail address: nobody has access to it any more, and its pending invitations are revoked.",
  rules: ["SHR-2", "SHR-5", "SHR-6"],
  answers: { 204: null },
  refusals: WHO,
});

export const listSharesRoute = route({
  operationId: "listShares",
  method: "GET",
  path: SHARES,
  function: "share",
  summary: "Who has access to a mail address: groups, people, then pending invitations.",
  rules: ["SHR-6", "SHR-8"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(shareShape) },
  refusals: WHO,
});

/** What a body names that only an invitation takes (SHR-4). */
const INVITATION_FIELDS = [
  "email",
  "firstName",
  "lastName",
  "delivery",
  "strict",
  "message",
  "locale",
  "expiresInDays",
] as const;

/** SHR-4: a member, a group, or an outsider who is invited. */
const shareInput = z
  .strictObject({
    rights: shareRightsInput.optional(),
    userId: namedId.optional(),
    groupId: namedId.optional(),
    email: emailText.optional(),
    firstName: nameText(100).optional(),
    lastName: nameText(100).optional(),
    delivery: z.enum(DELIVERIES).optional(),
    strict: z.boolean().optional(),
    message: text(1, 1_000).optional(),
    locale: z.enum(LOCALES).optional(),
    expiresInDays: z.number().int().min(1).max(30).optional(),
  })
  .superRefine((body, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (body.userId !== undefined && body.groupId !== undefined)
      return say("groupId", "Either a person or a group");
    if (body.userId !== undefined || body.groupId !== undefined) {
      for (const field of INVITATION_FIELDS)
        if (body[field] !== undefined) say(field, "Members and groups are not invited");
      return undefined;
    }
    if (body.email !== undefined) return undefined;
    const isMailed = body.delivery !== undefined && body.delivery !== "link";
    if (isMailed || body.strict === true) say("email", "Needed for a mail, and to be strict");
    return undefined;
  });

export const shareRoute = route({
  operationId: "shareMailAddress",
  method: "POST",
  path: SHARES,
  function: "share",
  summary:
    "Share a mail address: with a member or a group at once, with an outsider by an invitation, whose link is for the address given or for whoever holds it.",
  rules: ["SHR-1", "SHR-2", "SHR-3", "SHR-4", "SHR-5", "SHR-8", "INV-3", "INV-13", "MINV-7"],
  isIdempotent: true,
  body: shareInput,
  answers: {
    201: z.object({
      /** Access that there is at once. */
      share: z.discriminatedUnion("kind", [holderShape, groupShareShape]).optional(),
      invitation: invitationShape.optional(),
      link: z.string().optional(),
    }),
  },
  refusals: [
    ...WHO,
    "reauthentication-required",
    "address-conflict",
    "address-is-login",
    "already-has-access",
    "already-invited",
    "mail-limit-exceeded",
  ],
});

const newRights = z.strictObject({ rights: shareRightsInput });

/** What is refused when rights are changed (SHR-5). */
const CHANGE = [...WHO, "reauthentication-required", "stale"] as const;

export const updateShareRoute = route({
  operationId: "updateShare",
  method: "PATCH",
  path: `${SHARES}/{user}`,
  function: "share",
  summary: "Narrow or widen somebody's own rights.",
  rules: ["SHR-2", "SHR-5"],
  body: newRights,
  answers: { 200: holderShape },
  refusals: CHANGE,
});

export const removeShareRoute = route({
  operationId: "removeShare",
  method: "DELETE",
  path: `${SHARES}/{user}`,
  function: "share",
  summary: "Take somebody's own access away, or give up one's own.",
  rules: ["SHR-5"],
  answers: { 204: null },
  refusals: [...WHO, "stale"],
});

export const updateGroupShareRoute = route({
  operationId: "updateGroupShare",
  method: "PATCH",
  path: `${ADDRESS}/groups/{grp}`,
  function: "share",
  summary: "Narrow or widen a group's rights.",
  rules: ["SHR-2", "SHR-5", "SHR-8"],
  body: newRights,
  answers: { 200: groupShareShape },
  refusals: CHANGE,
});

export const removeGroupShareRoute = route({
  operationId: "removeGroupShare",
  method: "DELETE",
  path: `${ADDRESS}/groups/{grp}`,
  function: "share",
  summary: "Take a group's access away; its people keep what they have of their own.",
  rules: ["SHR-5", "SHR-8"],
  answers: { 204: null },
  refusals: [...WHO, "stale"],
});

export const updateShareInvitationRoute = route({
  operationId: "updateShareInvitation",
  method: "PATCH",
  path: `${ADDRESS}/invitations/{inv}`,
  function: "share",
  summary: "Narrow or widen what a pending invitation gives.",
  rules: ["SHR-2", "SHR-5", "SHR-6", "MINV-8"],
  body: newRights,
  answers: { 200: invitationShape },
  refusals: [...CHANGE, "invitation-not-pending"],
});

export const myMailAddressesRoute = route({
  operationId: "listMyMailAddresses",
  method: "GET",
  path: "/v1/me/mail-addresses",
  function: "share",
  summary: "The mail addresses I have access to, of all organizations, with what I may do with each.",
  rules: ["SHR-1", "SHR-7", "SHR-8"],
  query: z.strictObject(pageQuery),
  answers: { 200: listOf(myMailAddressShape) },
});

export const giveUpMailAddressRoute = route({
  operationId: "giveUpMailAddress",
  method: "DELETE",
  path: "/v1/me/mail-addresses/{adr}",
  function: "share",
  summary: "Give up my own access to a mail address of an organization.",
  rules: ["SHR-5"],
  query: z.strictObject({ organizationId: namedId }),
  answers: { 204: null },
});

/** Every route of this function. */
export const shareRoutes = [
  listMailAddressesRoute,
  createMailAddressRoute,
  deleteMailAddressRoute,
  listSharesRoute,
  shareRoute,
  updateShareRoute,
  removeShareRoute,
  updateGroupShareRoute,
  removeGroupShareRoute,
  updateShareInvitationRoute,
  myMailAddressesRoute,
  giveUpMailAddressRoute,
] as const;
