import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../../functions/table/table.ts";
import { createTable } from "../../infra/local/engine/create-table.ts";
import { startEngine } from "../../infra/local/engine/dynoxide-process.ts";
import { engineCredentials } from "../../infra/local/engine/engine-client.ts";
import { startMeteringProxy } from "../../infra/local/engine/metering-proxy.ts";
import { createFaults } from "../../infra/local/faults/faults.ts";
import { createMeter } from "../../infra/local/meter/meter.ts";
import { accessKeyOf } from "../../infra/local/runtime/caller.ts";

/** DynamoDB units, as the engine reports them; indexes included. */
export type Units = { read: number; write: number };

export type MeteredTable = {
  readonly table: Table;
  /** The same table without the meter in between, to fill it. */
  readonly unmetered: Table;
  /** The units that `act` consumed. */
  measure(act: () => Promise<unknown>): Promise<Units>;
  stop(): Promise<void>;
};

function clientOf(endpoint: string): { client: DynamoDBDocumentClient; destroy(): void } {
  const credentials = { accessKeyId: accessKeyOf("bench", 1), secretAccessKey: "local" };
  const raw = new DynamoDBClient({ endpoint, region: engineCredentials.region, credentials });
  const client = DynamoDBDocumentClient.from(raw, { marshallOptions: { removeUndefinedValues: true } });
  return { client, destroy: () => raw.destroy() };
}

/**
 * A table of its own on the embedded engine, behind the local stack's metering proxy. It has no stream: a long one slows
 * the engine's writes, and changes no figure.
 */
export async function openMeteredTable(): Promise<MeteredTable> {
  const engine = await startEngine(undefined);
  const name = "bench";
  await createTable(engine.endpoint, {
    name,
    key: { partition: "pk", sort: "sk" },
    attributes: { pk: "S", sk: "S", gsi1pk: "S", gsi1sk: "S" },
    indexes: [
      { name: "gsi1", partition: "gsi1pk", sort: "gsi1sk", projection: "KEYS_ONLY", nonKeyAttributes: [] },
    ],
  });
  const meter = createMeter();
  const proxy = await startMeteringProxy({
    engineEndpoint: engine.endpoint,
    meter,
    faults: createFaults(),
    access: () => undefined,
    kill: () => {},
    onWrite: () => {},
  });
  const metered = clientOf(proxy.endpoint);
  const direct = clientOf(engine.endpoint);
  return {
    table: { client: metered.client, name },
    unmetered: { client: direct.client, name },
    async measure(act) {
      meter.reset();
      await act();
      const { readUnits, writeUnits } = meter.read().totals;
      return { read: readUnits, write: writeUnits };
    },
    async stop() {
      metered.destroy();
      direct.destroy();
      await proxy.stop();
      await engine.stop();
    },
  };
}
