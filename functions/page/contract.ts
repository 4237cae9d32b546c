import * as z from "zod";
import { route } from "../shell/route.ts";

const document = z.looseObject({});

export const healthRoute = route({
  operationId: "getHealth",
  method: "GET",
  path: "/v1/health",
  function: "page",
  access: "anonymous",
  summary: "Whether the service answers, and which version it is.",
  rules: [],
  answers: { 200: z.object({ status: z.literal("ok"), version: z.string(), time: z.string() }) },
});

export const openApiRoute = route({
  operationId: "getOpenApi",
  method: "GET",
  path: "/v1/openapi.json",
  function: "page",
  access: "anonymous",
  summary: "This document.",
  rules: [],
  answers: { 200: document },
});

export const asyncApiRoute = route({
  operationId: "getAsyncApi",
  method: "GET",
  path: "/v1/asyncapi.json",
  function: "page",
  access: "anonymous",
  summary: "The WebSocket's frames and events.",
  rules: [],
  answers: { 200: document },
});

export const invitePageRoute = route({
  operationId: "getInvitePage",
  method: "GET",
  path: "/invite",
  function: "page",
  access: "anonymous",
  summary: "The page behind an invitation link; the secret stays in the fragment.",
  rules: ["INV-4"],
  answers: { 200: null },
});

export const invitePageFileRoute = route({
  operationId: "getInvitePageFile",
  method: "GET",
  path: "/invite/{file}",
  function: "page",
  access: "anonymous",
  summary: "The invitation page's style, script and sign-in configuration.",
  rules: ["INV-4"],
  answers: { 200: null },
  refusals: ["not-found"],
});

export const peoplePageRoute = route({
  operationId: "getPeoplePage",
  method: "GET",
  path: "/people",
  function: "page",
  access: "anonymous",
  summary: "The page on which an organization's people are administered; all it shows comes from this API.",
  rules: ["MINV-4", "SEAT-10"],
  answers: { 200: null },
});

export const peoplePageFileRoute = route({
  operationId: "getPeoplePageFile",
  method: "GET",
  path: "/people/{file}",
  function: "page",
  access: "anonymous",
  summary: "The administration page's style, script and sign-in configuration.",
  rules: [],
  answers: { 200: null },
  refusals: ["not-found"],
});

export const chatPageRoute = route({
  operationId: "getChatPage",
  method: "GET",
  path: "/chat",
  function: "page",
  access: "anonymous",
  summary: "The page on which people talk: members and guests; all it shows comes from this API.",
  rules: ["MSG-4", "MSG-11"],
  answers: { 200: null },
});

export const chatPageFileRoute = route({
  operationId: "getChatPageFile",
  method: "GET",
  path: "/chat/{file}",
  function: "page",
  access: "anonymous",
  summary: "The chat page's style, script and sign-in configuration.",
  rules: [],
  answers: { 200: null },
  refusals: ["not-found"],
});

/** Every route of this function. */
export const pageRoutes = [
  healthRoute,
  openApiRoute,
  asyncApiRoute,
  invitePageRoute,
  invitePageFileRoute,
  peoplePageRoute,
  peoplePageFileRoute,
  chatPageRoute,
  chatPageFileRoute,
] as const;
