import { deny } from "@vestibule/domain/decision";
import { expect, test } from "vitest";
import { problemBody, problemOf } from "../../../functions/shell/problem.ts";

test("INV-9 INV-13 a refusal that time heals says when to come back, in its header and in its data", () => {
  const problem = problemOf(deny("resent-too-soon", "INV-9", { retryAfterSeconds: 42 }));
  expect(problem).toMatchObject({ status: 429, headers: { "retry-after": "42" } });
  expect(problemBody(problem, "request-1")).toMatchObject({
    status: 429,
    title: "Sent a moment ago",
    code: "resent-too-soon",
    rule: "INV-9",
    retryAfterSeconds: 42,
  });
});

test("GST-17 any other refusal has no header", () => {
  expect(problemOf(deny("not-found", "INV-15")).headers).toEqual({});
  expect(problemOf(deny("quota-exceeded", "SEAT-2", { limit: 3 })).headers).toEqual({});
});
