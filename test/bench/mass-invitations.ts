import { startLocalStack } from "../../infra/local/start-local-stack.ts";
import { batchesOf, inviteAllAtOnce, mailsPerAddress } from "../support/mass-invitations.ts";
import { newOrganization } from "../support/organization.ts";
import { person } from "../support/person.ts";
import { quietStream } from "../support/quiet-stream.ts";
import { printTable } from "./print-table.ts";

const REQUESTS = 100;
const ADDRESSES = 100;
const WITHOUT_LIMITS = { mailsPerSenderHour: "none", mailsPerOrganizationDay: "none" };

/** Prints what 10 000 invitations by 100 bulk requests at once take and cost in the local stack, to the last mail. */
export async function benchMassInvitations(): Promise<void> {
  const stack = await startLocalStack({ port: 0, context: WITHOUT_LIMITS, streamIntervalMs: 100 });
  try {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    const batches = batchesOf("bench", REQUESTS, ADDRESSES);
    stack.context.meter.reset();
    const began = performance.now();
    const answers = await inviteAllAtOnce(founder, org, batches);
    const answered = performance.now();
    await quietStream(stack, 600_000);
    const mailed = performance.now();
    const { units, mails } = stack.context.meter.read();
    const sum = (functionName: string) =>
      units
        .filter((each) => each.functionName === functionName)
        .reduce(
          (total, each) => ({
            write: total.write + each.writeUnits,
            read: total.read + each.readUnits,
            calls: total.calls + each.calls,
          }),
          { write: 0, read: 0, calls: 0 },
        );
    const invited = answers.flatMap(({ results }) => results).filter(({ status }) => status === "invited");
    const mailCounts = [...(await mailsPerAddress(stack, batches)).values()];
    const { seats } = await founder.client.getUsage(org);
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    const each = (value: number) => (value / invited.length).toFixed(2);
    const row = (name: string, label: string) => {
      const { write, read, calls } = sum(name);
      return [label, `${write} w  ${read} r  ${calls} calls`, `${each(write)} w  ${each(read)} r`];
    };
    printTable(
      `${REQUESTS * ADDRESSES} invitations by ${REQUESTS} bulk requests at once, in the local stack`,
      ["what", "in all", "each invitation"],
      [
        ["invited, seats reserved", `${invited.length}, ${seats.reserved}`, ""],
        [
          "mails; addresses with exactly one",
          `${mails}; ${mailCounts.filter((count) => count === 1).length}`,
          "",
        ],
        ["until the last answer", seconds(answered - began), ""],
        ["until the last mail", seconds(mailed - began), ""],
        row("invite", "inviting"),
        row("mailer", "mailing"),
      ],
    );
  } finally {
    await stack.stop();
  }
}
