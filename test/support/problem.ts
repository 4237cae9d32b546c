import { VestibuleProblem } from "@vestibule/client/problem";
import { expect } from "vitest";
import type { Answer } from "./send.ts";

/** An answer is problem+json as every refusal has to be (`api.md`, Conventions), with this status and code. */
export function expectProblem(answer: Answer, status: number, code?: string): void {
  expect(answer).toMatchObject({ status });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const requestId = answer.headers.get("x-request-id");
  expect(requestId).toBeTruthy();
  expect(answer.body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    detail: expect.any(String),
    status,
    code: code ?? expect.stringMatching(/^[a-z]+(-[a-z]+)*$/u),
    instance: requestId,
  });
  expect(answer.text).not.toMatch(/\bat \S+ \(|node_modules|\.mjs|\.ts:/u);
}

/** The refusal that a call of the client ends in. */
export async function refusalOf(call: Promise<unknown>): Promise<VestibuleProblem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof VestibuleProblem) return error;
    throw error;
  }
  throw new Error("the service did not refuse");
}
