import { acceptRoutes } from "./accept/contract.ts";
import { channelRoutes } from "./channel/contract.ts";
import { groupRoutes } from "./channel/groups-contract.ts";
import { channelPeopleRoutes } from "./channel/people-contract.ts";
import { commandRoutes } from "./command/contract.ts";
import { inviteRoutes } from "./invite/contract.ts";
import { callRoutes } from "./message/calls/contract.ts";
import { messageRoutes } from "./message/contract.ts";
import { organizationRoutes } from "./organization/contract.ts";
import { pageRoutes } from "./page/contract.ts";
import { roleRoutes } from "./role/contract.ts";
import { shareRoutes } from "./share/contract.ts";
import type { Route } from "./shell/route.ts";

/** Every HTTP route: the source of docs/openapi.json, from which infra routes and the route tests are made. */
export const ROUTES: readonly Route[] = [
  ...organizationRoutes,
  ...roleRoutes,
  ...inviteRoutes,
  ...acceptRoutes,
  ...channelRoutes,
  ...channelPeopleRoutes,
  ...groupRoutes,
  ...messageRoutes,
  ...commandRoutes,
  ...callRoutes,
  ...shareRoutes,
  ...pageRoutes,
];
