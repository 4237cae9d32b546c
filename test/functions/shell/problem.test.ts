import { type Denied, deny } from "@vestibule/domain/decision";
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

test("GST-17 a refusal of what a field holds names the field", () => {
  const errorsOf = (denied: Denied) => problemOf(denied).data["errors"];
  expect(errorsOf(deny("message-empty", "MSG-1"))).toMatchObject([{ path: "text" }]);
  const status = problemOf(deny("status-invalid", "PRS-2", { limit: 100, field: "custom.text" }));
  expect(status.data).toEqual({ limit: 100, errors: [{ path: "custom.text", message: status.detail }] });
  expect(errorsOf(deny("not-own-message", "MSG-6"))).toBeUndefined();
});
