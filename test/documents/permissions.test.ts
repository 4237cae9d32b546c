import { ACTION_TITLES } from "@vestibule/domain/actions";
import { ACTIONS } from "@vestibule/domain/permissions";
import { expect, test } from "vitest";
import { permissionsDocument } from "../../functions/documents/permissions.ts";

const document = permissionsDocument();
const rows = document
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .map((text) => text.trim())
      .slice(1, -1),
  );
const rowOf = (title: string) => rows.find(([first]) => first === title)?.slice(1, -1);

test("GST-17 every action is in the printed table once, by its title and name", () => {
  const named = rows.map((row) => [row[0], row.at(-1)]).filter(([, name]) => name !== "Action");
  expect(named.sort()).toEqual(ACTIONS.map((action) => [ACTION_TITLES[action], `\`${action}\``]).sort());
});

test.each([
  ["Invite members and guests", ["–", "yes", "–", "–", "RGT-1, guests GST-12"]],
  ["See an invitation", ["own", "yes", "yes", "–", "INV-11, guests GST-13"]],
  ["Give access to a mail address", ["–", "–", "yes", "yes", "–", "SHR-2, guests GST-12"]],
  [
    "Take away access to a mail address, or withdraw its invitation",
    ["own", "own", "yes", "yes", "–", "SHR-5, guests GST-13"],
  ],
  ["Leave the organization as a guest", ["–", "–", "–", "yes", "ORG-10, guests GINV-9"]],
  [
    "Rename a channel or change its handle",
    ["–", "inside", "in sight", "–", "–", "no", "CH-6, guests GST-14"],
  ],
  ["Choose the default channels", ["–", "–", "in sight", "in sight", "–", "no", "CH-2, guests GST-14"]],
  ["See a channel", [...Array(4).fill("in sight"), "inside", "too", "CH-5, guests GST-9"]],
  ["Post messages", [...Array(5).fill("inside"), "too", "MSG-4, guests GST-9"]],
  ["Pin and unpin messages", [...Array(5).fill("inside"), "too", "MSG-7, guests GST-1"]],
  ["Delete other people's messages", ["–", "inside", "in sight", "–", "–", "no", "MSG-6, guests GST-15"]],
])("GST-17 %s is printed as it is decided", (title, printed) => {
  expect(rowOf(title)).toEqual(printed);
});

test("GST-17 every row is as long as its heading", () => {
  const lengths = new Set<number>();
  for (const section of document.split("\n## ").slice(1)) {
    const widths = section
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").length);
    expect(new Set(widths).size).toBeLessThanOrEqual(1);
    for (const width of widths) lengths.add(width);
  }
  // Those of channels, that of mail addresses, and the others.
  expect(lengths.size).toBe(3);
});
