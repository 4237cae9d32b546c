import { hasSecondFactor, openUserPool } from "../shell/user-pool.ts";
import { createTokenClaimsHandler } from "./create-handler.ts";

const pool = openUserPool();

export const handler = createTokenClaimsHandler({ hasSecondFactor: (who) => hasSecondFactor(pool, who) });
