import { benchBundles } from "./bundles.ts";
import { benchDelivery } from "./delivery.ts";
import { benchEngine } from "./engine.ts";
import { benchLatency } from "./latency.ts";
import { benchMassInvitations } from "./mass-invitations.ts";
import { benchUnits } from "./units.ts";

const BENCHES = {
  units: benchUnits,
  bundles: benchBundles,
  latency: benchLatency,
  delivery: benchDelivery,
  engine: benchEngine,
  invitations: benchMassInvitations,
};

const asked = process.argv.slice(2).filter((name) => name in BENCHES);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench();
}
