import { addressKey } from "@vestibule/domain/invitations";
import { expect, test } from "vitest";
import { organizationUseCases } from "../../../functions/organization/use-cases.ts";
import { isLogin, loginCheckWrite } from "../../../functions/table/logins.ts";
import { listRetentions } from "../../../functions/table/retention.ts";
import { ConditionsFailed } from "../../../functions/table/transaction.ts";
import { engineWorld } from "../channel/world.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";
import { png } from "./images.ts";

const world = engineWorld();

/** The organization function on the engine, with an organization that somebody has just founded. */
async function founded(as: TestPerson) {
  const { table, write } = await world();
  const call = caller(organizationUseCases(table));
  const organization = (await call("POST /v1/organizations", { as, body: { name: "Acme" } })).body;
  return { table, write, call, organization, params: { org: String(organization.id) } };
}

const LOGO = "/v1/organizations/{org}/brand/logo";

test("BRD-1 a logo is uploaded, loaded, replaced and removed", async () => {
  const ada = personWith("ada@example.com");
  const { call, params } = await founded(ada);
  const put = async (bytes: Buffer): Promise<string> => {
    const body = { type: "image/png", data: bytes.toString("base64") };
    return (await call(`PUT ${LOGO}`, { as: ada, params, body })).body.settings.brand.logoUrl;
  };
  const load = async (url: string) => {
    const file = url.slice(url.lastIndexOf("/") + 1);
    return await call("GET /brand/{org}/{file}", { params: { ...params, file } });
  };
  const first = await put(png(270, 70));
  expect((await load(first)).body).toEqual(png(270, 70));
  const second = await put(png(100, 50, 32_768));
  expect(second).not.toBe(first);
  expect((await load(second)).body).toEqual(png(100, 50, 32_768));
  // Mails that were sent before go on showing the one they were sent with.
  expect((await load(first)).status).toBe(200);
  expect((await call(`DELETE ${LOGO}`, { as: ada, params })).body.settings.brand.logoUrl).toBeNull();
  expect((await load(second)).status).toBe(404);
  expect((await call("GET /v1/organizations/{org}", { as: ada, params })).body.settings.brand).toMatchObject({
    isOn: true,
    logoUrl: null,
  });
});

test("BRD-1 two who change the brand at once lose nothing of each other's", async () => {
  const ada = personWith("ada@example.com");
  const { call, params } = await founded(ada);
  const patch = async (settings: object) =>
    await call("PATCH /v1/organizations/{org}", { as: ada, params, body: { settings } });
  const body = { type: "image/png", data: png(9, 9).toString("base64") };
  const answers = await Promise.all([
    patch({ brand: { buttonColor: "#112233" } }),
    call(`PUT ${LOGO}`, { as: ada, params, body }),
    patch({ shareInvitationDays: 3, mailsPerDay: 5 }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { settings } = (await call("GET /v1/organizations/{org}", { as: ada, params })).body;
  expect(settings).toMatchObject({
    shareInvitationDays: 3,
    mailsPerDay: 5,
    brand: { buttonColor: "#112233", logoUrl: expect.stringMatching(/\.png$/u) },
  });
});

test("SHR-3 whoever founds an organization signs in with their address, in whatever case or script it is named", async () => {
  const ada = personWith("Ada@bücher.example");
  const { table, write } = await founded(ada);
  const key = addressKey("ada@XN--bcher-kva.example");
  expect(await isLogin(table, key)).toBe(true);
  await expect(write(loginCheckWrite(key))).rejects.toThrow(ConditionsFailed);
  expect(await isLogin(table, "info@example.com")).toBe(false);
  await write(loginCheckWrite("info@example.com"));
});

test("INV-16 a language is kept beside the rest of a profile", async () => {
  const ada = personWith("ada@example.com", { given_name: "Ada" });
  const { call } = await founded(ada);
  await call("PATCH /v1/me", { as: ada, body: { locale: "it" } });
  const answer = await call("PATCH /v1/me", {
    as: ada,
    body: { phone: "+41 22 000 00 00", firstName: "Augusta" },
  });
  expect(answer.body).toMatchObject({ locale: "it", phone: "+41 22 000 00 00", firstName: "Augusta" });
});

test("SEAT-7 an organization is gone through for old messages while its plan deletes them, from its creation on", async () => {
  const ada = personWith("ada@example.com");
  const { table } = await world();
  const call = caller(organizationUseCases(table));
  const body = { name: "Acme", plan: "essential" };
  const { id: org } = (await call("POST /v1/organizations", { as: ada, body })).body;
  const isListed = async () => {
    const { items } = await listRetentions(table, { limit: 1_000, after: undefined });
    return items.some(({ organizationId }) => organizationId === org);
  };
  const change = async (plan: string) =>
    await call("PATCH /v1/organizations/{org}", { as: ada, params: { org }, body: { plan } });
  expect(await isListed()).toBe(true);
  await change("business");
  expect(await isListed()).toBe(false);
  await change("standard");
  expect(await isListed()).toBe(false);
  await change("essential");
  expect(await isListed()).toBe(true);
});
