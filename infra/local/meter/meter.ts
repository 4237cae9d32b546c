import type { Meter, MeterReading } from "../contracts.ts";

const billedMessageBytes = 32 * 1024;

/** Counts what AWS would bill: capacity units, WebSocket messages, invocations, mails. */
export function createMeter(): Meter {
  const units = new Map<string, MeterReading["units"][number]>();
  const invocations = new Map<string, MeterReading["invocations"][number]>();
  let socketMessages = 0;
  let mails = 0;
  return {
    recordUnits({ functionName, operation, readUnits, writeUnits }) {
      const key = `${functionName} ${operation}`;
      const sum = units.get(key) ?? { functionName, operation, readUnits: 0, writeUnits: 0, calls: 0 };
      sum.readUnits += readUnits;
      sum.writeUnits += writeUnits;
      sum.calls += 1;
      units.set(key, sum);
    },
    recordSocketMessage(bytes) {
      socketMessages += Math.max(1, Math.ceil(bytes / billedMessageBytes));
    },
    recordInvocation({ functionName, isCold, ms }) {
      const sum = invocations.get(functionName) ?? { functionName, count: 0, cold: 0, ms: 0 };
      sum.count += 1;
      sum.cold += isCold ? 1 : 0;
      sum.ms += ms;
      invocations.set(functionName, sum);
    },
    recordMail() {
      mails += 1;
    },
    read() {
      const totals = { readUnits: 0, writeUnits: 0 };
      for (const sum of units.values()) {
        totals.readUnits += sum.readUnits;
        totals.writeUnits += sum.writeUnits;
      }
      return {
        units: [...units.values()].map((sum) => ({ ...sum })),
        totals,
        socketMessages,
        invocations: [...invocations.values()].map((sum) => ({ ...sum, ms: Math.round(sum.ms) })),
        mails,
      };
    },
    reset() {
      units.clear();
      invocations.clear();
      socketMessages = 0;
      mails = 0;
    },
  };
}
