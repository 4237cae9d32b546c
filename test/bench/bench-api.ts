import type { Person, Request, Route } from "../../functions/shell/route.ts";
import type { Table } from "../../functions/table/table.ts";
import { everyUseCase } from "../support/every-use-case.ts";

export type CallParts = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
};

/** The use cases of the HTTP functions on a table, each called as its handler would, without the wire. */
export function benchApi(table: Table) {
  const implementations = new Map(
    everyUseCase(table).map((implementation) => [implementation.route.operationId, implementation]),
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
