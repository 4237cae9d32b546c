import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { startLocalStack } from "../../../infra/local/start-local-stack.ts";
import { countersEqualLists } from "../../support/counters.ts";
import { E2E_CROWDED, PATIENCE_MS } from "../../support/e2e-stack.ts";
import { everyPage } from "../../support/every-page.ts";
import { batchesOf, inviteAllAtOnce, mailsPerAddress } from "../../support/mass-invitations.ts";
import { newOrganization } from "../../support/organization.ts";
import { person } from "../../support/person.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { sized } from "../../support/thorough.ts";

/** As many as a test has time for; `npm run bench -- invitations` does ten thousand. */
const REQUESTS = sized(4, 20);
const ADDRESSES = 50;

let stack: LocalStack;
beforeAll(async () => {
  const context = { mailsPerSenderHour: "none", mailsPerOrganizationDay: "none" };
  stack = await startLocalStack({ ...E2E_CROWDED, context });
}, PATIENCE_MS);
afterAll(() => stack?.stop());

describe("invitations in bulk, all requests at once", () => {
  test("INV-10 SEAT-3 MINV-7 hundreds: counters equal the lists, each address has one pending invitation and one mail", async () => {
    const founder = await person(stack, "founder");
    const seats = REQUESTS * ADDRESSES - 99;
    const { id: org } = await newOrganization(founder, { seats });
    const batches = batchesOf("many", REQUESTS, ADDRESSES);
    const answers = await inviteAllAtOnce(founder, org, batches);

    for (const [index, { status, results }] of answers.entries()) {
      expect(status).toBe(200);
      expect(results.map(({ email }) => email)).toEqual(batches[index]?.emails);
    }
    const results = answers.flatMap((answer) => answer.results);
    const invited = results.filter(({ status }) => status === "invited").map(({ email }) => email);
    expect(invited).toHaveLength(seats - 1);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["invited", "quota-exceeded"]));

    const pending = await everyPage((page) =>
      founder.client.listInvitations(org, { state: "pending", ...page }),
    );
    expect(pending.map(({ email }) => email).toSorted()).toEqual(invited.toSorted());
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: seats - 1 });

    await quietStream(stack, 100_000);
    const mails = await mailsPerAddress(stack, batches);
    expect([...mails.keys()].toSorted()).toEqual(invited.toSorted());
    expect(new Set(mails.values())).toEqual(new Set([1]));
  });

  test("INV-13 with the limits on, as many requests get through as the sender has mails, whole; the others write nothing", async () => {
    const founder = await person(stack, "founder");
    const { id: org } = await newOrganization(founder);
    await founder.client.changeOrganization(org, { settings: { mailsPerSenderHour: 100 } });
    const batches = batchesOf("limited", 5, 30);
    const answers = await inviteAllAtOnce(founder, org, batches);

    const served = answers.filter(({ status }) => status === 200);
    // 100 mails are three requests of 30 whole, and no part of a fourth.
    expect(served).toHaveLength(3);
    expect(served.flatMap(({ results }) => results).every(({ status }) => status === "invited")).toBe(true);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
    expect(await countersEqualLists(stack, founder, org)).toMatchObject({ held: 1, reserved: 90 });
    await quietStream(stack);
    const mails = await mailsPerAddress(stack, batches);
    expect(mails.size).toBe(90);
    expect(new Set(mails.values())).toEqual(new Set([1]));
  });
});
