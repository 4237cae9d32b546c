import { acceptUseCases } from "../../functions/accept/use-cases.ts";
import { groupUseCases } from "../../functions/channel/groups-use-cases.ts";
import { channelPeopleUseCases } from "../../functions/channel/people-use-cases.ts";
import { channelUseCases } from "../../functions/channel/use-cases.ts";
import { inviteUseCases } from "../../functions/invite/use-cases.ts";
import { messageUseCases } from "../../functions/message/use-cases.ts";
import { organizationUseCases } from "../../functions/organization/use-cases.ts";
import { roleUseCases } from "../../functions/role/use-cases.ts";
import type { Person, Request, Route } from "../../functions/shell/route.ts";
import type { Table } from "../../functions/table/table.ts";

export type CallParts = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
};

/** The use cases of the HTTP functions on a table, each called as its handler would, without the wire. */
export function benchApi(table: Table) {
  const implementations = new Map(
    [
      ...acceptUseCases(table),
      ...channelUseCases(table),
      ...channelPeopleUseCases(table),
      ...groupUseCases(table),
      ...inviteUseCases({
        table,
        pageBaseUrl: "http://bench",
        // Limits that nothing here comes near to, so that their charges are among the units (INV-13).
        mailLimits: { sender: 1_000_000, organization: 1_000_000, recipient: 1_000_000 },
      }),
      ...messageUseCases(table, "ws://bench"),
      ...organizationUseCases(table),
      ...roleUseCases(table),
    ].map((implementation) => [implementation.route.operationId, implementation]),
  );
  /** What an operation answers to somebody. */
  return async (person: Person, operationId: string, parts: CallParts = {}): Promise<unknown> => {
    const implementation = implementations.get(operationId);
    if (implementation === undefined) throw new Error(`no operation ${operationId}`);
    const { route } = implementation;
    const request = {
      ifMatch: undefined,
      requestId: "bench",
      sourceIp: "127.0.0.1",
      plannedSuffix: undefined,
      now: Date.now(),
      person,
      params: parts.params ?? {},
      query: route.query?.parse(parts.query ?? {}),
      body: route.body?.parse(parts.body),
    } as unknown as Request<Route>;
    return (await implementation.serve(request)).body;
  };
}

export type BenchApi = ReturnType<typeof benchApi>;
