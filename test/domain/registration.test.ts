import { missingRegistration } from "@vestibule/domain/registration";
import { expect, test } from "vitest";

const complete = {
  profile: { firstName: "Ada", lastName: "Lovelace" },
  termsVersion: "1",
  currentTerms: "1",
};

test("INV-7 names and the current terms are all it takes", () => {
  expect(missingRegistration(complete)).toEqual([]);
});

test("INV-7 what is missing is named", () => {
  expect(missingRegistration({ ...complete, profile: null, termsVersion: null })).toEqual([
    "profile.firstName",
    "profile.lastName",
    "termsVersion",
  ]);
  expect(missingRegistration({ ...complete, profile: { lastName: "Lovelace" } })).toEqual([
    "profile.firstName",
  ]);
  expect(missingRegistration({ ...complete, profile: { firstName: "Ada", lastName: "\t" } })).toEqual([
    "profile.lastName",
  ]);
});

test("INV-7 terms accepted before do not count once there are new ones", () => {
  expect(missingRegistration({ ...complete, currentTerms: "2" })).toEqual(["termsVersion"]);
});

test("INV-7 a telephone number is missing only where it is asked for", () => {
  expect(missingRegistration({ ...complete, asksPhone: true })).toEqual(["profile.phone"]);
  const withPhone = { ...complete.profile, phone: "+41 22 000 00 00" };
  expect(missingRegistration({ ...complete, profile: withPhone, asksPhone: true })).toEqual([]);
  expect(missingRegistration({ ...complete, profile: { ...withPhone, phone: " " } })).toEqual([]);
});
