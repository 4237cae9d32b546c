import type { VestibuleClient } from "@vestibule/client/http";
import type { SessionEvent } from "@vestibule/client/types";
import { expectTypeOf, test } from "vitest";
import type * as z from "zod";
import type { acceptRoutes } from "../../functions/accept/contract.ts";
import type { channelRoutes } from "../../functions/channel/contract.ts";
import type { groupRoutes } from "../../functions/channel/groups-contract.ts";
import type { channelPeopleRoutes } from "../../functions/channel/people-contract.ts";
import type { commandRoutes } from "../../functions/command/contract.ts";
import type { inviteRoutes } from "../../functions/invite/contract.ts";
import type { callRoutes } from "../../functions/message/calls/contract.ts";
import type { messageRoutes } from "../../functions/message/contract.ts";
import type { organizationRoutes } from "../../functions/organization/contract.ts";
import type { pageRoutes } from "../../functions/page/contract.ts";
import type { LiveEvent } from "../../functions/realtime/event-contract.ts";
import type { roleRoutes } from "../../functions/role/contract.ts";
import type { shareRoutes } from "../../functions/share/contract.ts";

type Routes = (
  | typeof acceptRoutes
  | typeof channelRoutes
  | typeof channelPeopleRoutes
  | typeof commandRoutes
  | typeof groupRoutes
  | typeof inviteRoutes
  | typeof callRoutes
  | typeof messageRoutes
  | typeof organizationRoutes
  | typeof pageRoutes
  | typeof roleRoutes
  | typeof shareRoutes
)[number];

/** Methods that are called otherwise than the operation that they ask for. */
type Renamed = {
  addToChannel: "addChannelMembers";
  addToGroup: "addGroupMember";
  changeChannel: "updateChannel";
  changeGroup: "updateGroup";
  changeGroupShare: "updateGroupShare";
  changeGuest: "updateGuest";
  changeInvitation: "editInvitation";
  changeMe: "updateMe";
  changeMyChannel: "updateMyChannel";
  changeOrganization: "updateOrganization";
  changeShare: "updateShare";
  changeShareInvitation: "updateShareInvitation";
  convertToGuest: "convertPerson";
  convertToMember: "convertPerson";
  getThread: "readThread";
  health: "getHealth";
  listPendingMembers: "listMembers";
  removeFromChannel: "removeChannelMember";
  removeFromGroup: "removeGroupMember";
  removeLogo: "deleteLogo";
  setChannelRole: "changeChannelRole";
  setChatRole: "changeChatRole";
  setLogo: "putLogo";
  setOrgRole: "changeOrgRole";
  setRights: "changeRights";
};

type OperationOf<Method> = Method extends keyof Renamed ? Renamed[Method] : Method;

type RouteOf<Method> = Extract<Routes, { operationId: OperationOf<Method> }>;

/** As JSON carries it: what is left out is not there. */
type Json<Value> = Value extends readonly (infer Item)[]
  ? Json<Item>[]
  : Value extends object
    ? { [Key in keyof Value]: Json<Exclude<Value[Key], undefined>> }
    : Value;

type AnswerOf<Answers> = {
  [Code in keyof Answers]: Answers[Code] extends z.ZodType ? Json<z.output<Answers[Code]>> : undefined;
}[keyof Answers];

type Sent<Method extends keyof VestibuleClient> = AnswerOf<RouteOf<Method>["answers"]>;
type Promised<Method extends keyof VestibuleClient> = Awaited<ReturnType<VestibuleClient[Method]>>;

type KeysOf<Union> = Union extends unknown ? keyof Union : never;
type At<Union, Key> = Union extends unknown
  ? Key extends keyof Union
    ? NonNullable<Union[Key]>
    : never
  : never;

/** The fields that the client's type has and the schema has not, at any depth. */
type Invented<Ours, Theirs> = Ours extends readonly (infer Item)[]
  ? Invented<Item, Extract<Theirs, readonly unknown[]>[number]>
  : Ours extends object
    ? {
        [Key in keyof Ours as string extends Key ? never : Key]-?: Key extends KeysOf<Theirs>
          ? Invented<NonNullable<Ours[Key]>, At<Theirs, Key>>
          : Key;
      } extends infer Fields
      ? Fields[keyof Fields]
      : never
    : never;

/** Of an input: what may be left out, because the client adds it, and any text where the schema lists the words. */
type Roughly<Value> = Value extends string
  ? string
  : Value extends readonly (infer Item)[]
    ? Roughly<Item>[]
    : Value extends object
      ? { [Key in keyof Value]?: Roughly<Value[Key]> | undefined }
      : Value;

type Methods = keyof VestibuleClient;
type Inputs<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;
type Accepted<Method> = Inputs<RouteOf<Method>["body"] | RouteOf<Method>["query"]>;
/** The bodies and queries that a method takes; lists and words are put into them by the method itself. */
type Taken<Method extends Methods> = Exclude<
  Extract<Parameters<VestibuleClient[Method]>[number], object>,
  readonly unknown[]
>;

/** Each of several kinds is asked for by a method of its own, which answers that kind. */
type OfOneKind = "listMembers" | "listPendingMembers" | "convertToMember" | "convertToGuest";

type WithoutRoute = { [M in Methods]: [RouteOf<M>] extends [never] ? M : never }[Methods];

type Misread = {
  [M in Methods]: M extends OfOneKind
    ? Promised<M> extends Sent<M>
      ? never
      : M
    : Sent<M> extends Promised<M>
      ? never
      : M;
}[Methods];

type Misspoken = { [M in Methods]: Taken<M> extends Roughly<Accepted<M>> ? never : M }[Methods];

type Inventive = {
  [M in Methods]: [Invented<Promised<M>, Sent<M>> | Invented<Taken<M>, Accepted<M>>] extends [never]
    ? never
    : M;
}[Methods];

test("each of the client's methods is an operation of the contract", () => {
  expectTypeOf<WithoutRoute>().toEqualTypeOf<never>();
});

test("what a method answers, and what it takes, are what the route's schemas say", () => {
  expectTypeOf<Misread>().toEqualTypeOf<never>();
  expectTypeOf<Misspoken>().toEqualTypeOf<never>();
});

test("the client's types name no field that the schemas do not know", () => {
  expectTypeOf<Inventive>().toEqualTypeOf<never>();
});

test("the events that a session acts upon are the service's live events", () => {
  expectTypeOf<Exclude<SessionEvent["type"], LiveEvent["type"]>>().toEqualTypeOf<never>();
  expectTypeOf<Json<Extract<LiveEvent, { type: SessionEvent["type"] }>>>().toExtend<SessionEvent>();
  expectTypeOf<Invented<SessionEvent, LiveEvent>>().toEqualTypeOf<never>();
});
