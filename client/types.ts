/** The shapes of the public contract that a client relies on; an answer may carry more fields. */
export type * from "./types/acceptance.ts";
export type * from "./types/call.ts";
export type * from "./types/channel.ts";
export type * from "./types/event.ts";
export type * from "./types/group.ts";
export type * from "./types/invitation.ts";
export type * from "./types/message.ts";
export type * from "./types/organization.ts";
export type * from "./types/page.ts";
export type * from "./types/people.ts";
export type * from "./types/permission.ts";
export type * from "./types/problem.ts";
export type * from "./types/share.ts";
export type * from "./types/status.ts";
export type * from "./types/vocabulary.ts";
