import { expect, test } from "vitest";
import {
  changedIn,
  type Draft,
  heldIn,
  joined,
} from "../../functions/page/browser/people/invitation-draft.ts";

const DRAFT: Draft = {
  firstName: "Ada",
  lastName: "",
  orgRole: "user",
  chatRole: "user",
  rights: "mail",
  groups: "grp_1",
  channels: "chn_1 chn_2",
  end: "",
  message: "",
};
const to = (change: Partial<Draft>) => changedIn(DRAFT, { ...DRAFT, ...change });

test("MINV-8, CH-5 what stays as it is is not sent: it may be more than the editor may know of", () => {
  expect(to({})).toEqual({});
  expect(to({ chatRole: "admin" })).toEqual({ chatRole: "admin" });
});

test.each<[Partial<Draft>, object]>([
  [{ firstName: "" }, { firstName: null }],
  [{ lastName: "Lovelace" }, { lastName: "Lovelace" }],
  [{ rights: "chat mail" }, { rights: { chat: true, mail: true } }],
  [{ rights: "" }, { rights: {} }],
  [{ groups: "" }, { groupIds: [] }],
  [{ groups: "grp_1 grp_2" }, { groupIds: ["grp_1", "grp_2"] }],
  [{ channels: "chn_2" }, { channelIds: ["chn_2"] }],
  [{ message: "Hello" }, { message: "Hello" }],
])("MINV-8 %j is sent as %j", (change, body) => {
  expect(to(change)).toEqual(body);
});

test("RGT-5 managers hold every right by role: none are sent with such a role", () => {
  expect(to({ orgRole: "administrator", rights: "" })).toEqual({ orgRole: "administrator" });
});

test("the order in which things are chosen is no change", () => {
  expect(joined(["b", "a"])).toBe(joined(["a", "b"]));
  const rights = { suite: false, chat: true, mail: true, accounting: false };
  expect(heldIn(rights)).toBe("chat mail");
});
