import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { presentBrand } from "../../../functions/contract/organization.ts";
import { organizationUseCases } from "../../../functions/organization/use-cases.ts";
import { keys } from "../../../functions/table/keys.ts";
import type { Organization } from "../../../functions/table/organizations.ts";
import { caller, personWith } from "../shell/caller.ts";
import { atNow } from "../table/at-now.ts";
import { DAY_MS, memberOf, NOW, ORG, organizationOf, stored } from "../table/items.ts";
import { type Item, mockedTable } from "../table/mocked-table.ts";
import { png } from "./images.ts";

const ada = personWith("ada@example.com");
const params = { org: ORG };
const PATCH = "PATCH /v1/organizations/{org}";
const PUT_LOGO = "PUT /v1/organizations/{org}/brand/logo";
const DELETE_LOGO = "DELETE /v1/organizations/{org}/brand/logo";
const GET_FILE = "GET /brand/{org}/{file}";

type Brand = Organization["settings"]["brand"];
const colors = { buttonColor: "#112233", textColor: "#ffffff" };

function setup({ brand = null, orgRole = "administrator", items = [] }: Given = {}) {
  atNow();
  const { settings } = organizationOf();
  const mocked = mockedTable([
    stored.organization(organizationOf({ settings: { ...settings, brand } })),
    stored.member(memberOf(ada.userId, { orgRole })),
    ...items,
  ]);
  return { ...mocked, call: caller(organizationUseCases(mocked.table)) };
}
type Given = { brand?: Brand; orgRole?: "administrator" | "user"; items?: Item[] };

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex").slice(0, 32);
const upload = (bytes: Buffer, type = "image/png") => ({ type, data: bytes.toString("base64") });

test("BRD-1 a brand has colours, and is switched off and on without losing them", async () => {
  const { call } = setup();
  const first = await call(PATCH, {
    as: ada,
    params,
    body: { settings: { brand: { buttonColor: "#AA0000" } } },
  });
  expect(first.body.settings.brand).toEqual({
    isOn: true,
    logoUrl: null,
    buttonColor: "#aa0000",
    textColor: "#ffffff",
  });
  const on = setup({ brand: { isOn: true, ...colors, logo: { hash: "ab", type: "image/png" } } });
  const off = await on.call(PATCH, { as: ada, params, body: { settings: { brand: { isOn: false } } } });
  expect(off.body.settings.brand).toEqual({ isOn: false, logoUrl: `/brand/${ORG}/ab.png`, ...colors });
});

test.each([
  ["buttonColor", { buttonColor: "#eeeeee" }],
  ["textColor", { textColor: "#223344" }],
  ["buttonColor", { buttonColor: "#777777", textColor: "#ffffff" }],
])("BRD-1 colours that nobody can read are a 400 that names %s", async (field, brand) => {
  const { call, transactions } = setup({ brand: { isOn: true, ...colors, logo: null } });
  expect(await call(PATCH, { as: ada, params, body: { settings: { brand } } })).toMatchObject({
    status: 400,
    body: {
      code: "colors-too-close",
      rule: "BRD-1",
      minimum: 4.5,
      errors: [{ path: `settings.brand.${field}` }],
    },
  });
  expect(transactions()).toEqual([]);
});

test.each([
  { buttonColor: "red" },
  { textColor: "#fff" },
  { buttonColor: "#11223g" },
  { logo: null },
  { isOn: 1 },
])("BRD-1 %o is no brand", async (brand) => {
  const { call, transactions } = setup();
  expect((await call(PATCH, { as: ada, params, body: { settings: { brand } } })).status).toBe(400);
  expect(transactions()).toEqual([]);
});

test("BRD-1 a logo is kept under its hash, in the same transaction as its organization's settings", async () => {
  const { call, transactions } = setup();
  const bytes = png(270, 70);
  const hash = hashOf(bytes);
  const answer = await call(PUT_LOGO, { as: ada, params, body: upload(bytes) });
  expect(answer).toMatchObject({
    status: 200,
    headers: { etag: '"5"' },
    body: { settings: { brand: { isOn: true, logoUrl: `/brand/${ORG}/${hash}.png` } } },
  });
  const [writes, ...others] = transactions();
  expect(others).toEqual([]);
  expect(writes?.get(`O#${ORG}#LOGOS / ${hash}`)?.Put?.Item).toMatchObject({
    type: "image/png",
    data: bytes,
  });
  expect([...(writes?.keys() ?? [])].slice(0, 3)).toEqual([
    `O#${ORG} / ORG`,
    `O#${ORG}#MEMBERS / USER#${ada.userId}`,
    `O#${ORG}#LOGOS / ${hash}`,
  ]);
});

test("BRD-1 a replaced logo is shown for a while by mails that were sent, a removed one is not", async () => {
  const logo = { hash: "ab", type: "image/png" };
  const brand = { isOn: true, ...colors, logo };
  const replaced = setup({ brand });
  await replaced.call(PUT_LOGO, { as: ada, params, body: upload(png(9, 9)) });
  const update = replaced.transactions()[0]?.get(`O#${ORG}#LOGOS / ab`)?.Update;
  expect(update?.ExpressionAttributeValues).toEqual({ ":end": (NOW + 60 * DAY_MS) / 1_000 });
  const removed = setup({ brand });
  const answer = await removed.call(DELETE_LOGO, { as: ada, params });
  expect(answer.body.settings.brand).toEqual({ isOn: true, logoUrl: null, ...colors });
  expect(removed.transactions()[0]?.get(`O#${ORG}#LOGOS / ab`)?.Delete).toBeDefined();
});

test("BRD-1 the same logo again, or none to remove, takes nothing away", async () => {
  const bytes = png(9, 9);
  const logo = { hash: hashOf(bytes), type: "image/png" };
  const again = setup({ brand: { isOn: true, ...colors, logo } });
  expect((await again.call(PUT_LOGO, { as: ada, params, body: upload(bytes) })).status).toBe(200);
  expect(again.transactions()[0]?.get(`O#${ORG}#LOGOS / ${logo.hash}`)?.Put).toBeDefined();
  const none = setup();
  expect(await none.call(DELETE_LOGO, { as: ada, params })).toMatchObject({
    status: 200,
    headers: { etag: '"4"' },
  });
  expect(none.transactions()).toEqual([]);
});

test.each([
  ["too wide", upload(png(271, 70)), "logo-too-large"],
  ["too high", upload(png(270, 71)), "logo-too-large"],
  ["too many bytes", upload(png(9, 9, 32_769)), "logo-too-large"],
  ["another type than it says", upload(png(9, 9), "image/webp"), "invalid-request"],
  ["SVG, which may hold script", upload(Buffer.from("<svg/>"), "image/svg+xml"), "invalid-request"],
  ["not base64", { type: "image/png", data: "%%%%" }, "invalid-request"],
  ["megabytes", upload(png(9, 9, 140_000)), "invalid-request"],
])("BRD-1 a logo that is %s is refused and changes nothing", async (_, body, code) => {
  const { call, transactions } = setup();
  expect(await call(PUT_LOGO, { as: ada, params, body })).toMatchObject({ status: 400, body: { code } });
  expect(transactions()).toEqual([]);
});

test("ORG-4 BRD-1 a logo is set and removed by org managers only, and on the version they have seen", async () => {
  const user = setup({ orgRole: "user" });
  for (const [path, body] of [[PUT_LOGO, upload(png(9, 9))], [DELETE_LOGO]] as const)
    expect(await user.call(path, { as: ada, params, ...(body === undefined ? {} : { body }) })).toMatchObject(
      {
        status: 403,
        body: { code: "not-org-manager" },
      },
    );
  const manager = setup();
  expect((await manager.call(DELETE_LOGO, { as: ada, params, headers: { "if-match": '"3"' } })).status).toBe(
    412,
  );
  expect([...user.transactions(), ...manager.transactions()]).toEqual([]);
});

const bytes = png(9, 9);
const hash = hashOf(bytes);
const logoItem = { ...keys.logo(ORG, hash), type: "image/png", data: new Uint8Array(bytes) };

test("BRD-1 INV-16 anybody loads a logo, as the image it is and nothing else, once", async () => {
  const { call } = setup({ items: [logoItem] });
  const answer = await call(GET_FILE, { params: { ...params, file: `${hash}.png` } });
  expect(answer).toMatchObject({
    status: 200,
    headers: {
      "content-type": "image/png",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  });
  expect(answer.body).toEqual(bytes);
});

test.each([`${hash}.webp`, hash, `${hash}.png.png`, "cd.png", ".png", "__proto__.png"])(
  "BRD-1 %s is no file of the brand",
  async (file) => {
    const { call } = setup({ items: [logoItem] });
    const answer = await call(GET_FILE, { params: { ...params, file } });
    expect(answer).toMatchObject({ status: 404, body: { code: "not-found" } });
  },
);

test("BRD-1 a replaced logo is gone once its time is over, whether or not it was deleted", async () => {
  const load = async (expiresAt: number) => {
    const { call } = setup({ items: [{ ...logoItem, expiresAt }] });
    return (await call(GET_FILE, { params: { ...params, file: `${hash}.png` } })).status;
  };
  expect([await load(NOW / 1_000 + 1), await load(NOW / 1_000)]).toEqual([200, 404]);
});

test("BRD-1 invitations show a brand that is on, and none that is off or was never set", () => {
  const { settings } = organizationOf();
  const shown = (brand: Brand) => presentBrand(organizationOf({ settings: { ...settings, brand } }));
  const logo = { hash: "ab", type: "image/jpeg" };
  expect(shown({ isOn: true, ...colors, logo })).toEqual({
    brand: { logoUrl: `/brand/${ORG}/ab.jpg`, ...colors },
  });
  expect(shown({ isOn: true, ...colors, logo: null })).toEqual({ brand: { logoUrl: null, ...colors } });
  expect(shown({ isOn: false, ...colors, logo })).toEqual({});
  expect(shown(null)).toEqual({});
});
