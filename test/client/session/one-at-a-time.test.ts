import { openSession } from "@vestibule/client/session";
import { expect, onTestFinished, test } from "vitest";
import { createFakeService } from "./fake-service.ts";

const ME = "usr_1";

async function setup() {
  const service = createFakeService();
  const session = openSession(service.api(ME), "org_1", { environment: service.environment() });
  onTestFinished(() => session.close());
  await service.time.advance(1_000);
  const sent = (action: string) => service.frames.filter((frame) => frame.action === action);
  return { service, session, sent };
}

test("PRS-3 whom one watches is told one after the other, and the latest last", async () => {
  const { service, session, sent } = await setup();
  for (const userId of ["usr_2", "usr_3", "usr_4"]) {
    service.statuses.set(userId, { userId, presence: "online" });
    session.watch([userId]);
  }
  await service.time.settle();
  expect(sent("status").length).toBeLessThan(2);
  await service.time.advance(1_000);
  expect(sent("status")).toMatchObject([{ watch: ["usr_2"] }, { watch: ["usr_4"] }]);
  expect(session.statusOf("usr_4")).toMatchObject({ presence: "online" });
  expect(session.statusOf("usr_2")).toBeUndefined();
});

test("who looks elsewhere quickly is last told of where they look now, over the next connection, too", async () => {
  const { service, session, sent } = await setup();
  for (const channelId of ["chn_1", "chn_2", "chn_3"]) session.look(channelId);
  await service.time.advance(1_000);
  expect(sent("look")).toMatchObject([{ channelId: "chn_1" }, { channelId: "chn_3" }]);
  service.disconnect(ME);
  session.look("chn_4");
  await service.time.advance(10_000);
  expect(sent("look").slice(2)).toMatchObject([{ channelId: "chn_4" }]);
});
