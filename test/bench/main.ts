import { benchBundles } from "./bundles.ts";
import { benchEngine } from "./engine.ts";
import { benchLatency } from "./latency.ts";
import { benchMassInvitations } from "./mass-invitations.ts";
import { benchUnits } from "./units.ts";

const BENCHES = {
  units: benchUnits,
  bundles: benchBundles,
  latency: benchLatency,
  engine: benchEngine,
  invitations: benchMassInvitations,
};

const asked = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench();
}
