import type { ProblemBody } from "./types.ts";

/** A refusal by the service, from an HTTP answer or a WebSocket reply. */
export class VestibuleProblem extends Error {
  override readonly name = "VestibuleProblem";
  readonly status: number;
  /** The stable, kebab-case reason to branch on. */
  readonly code: string;
  /** The product rule that decided, where one did. */
  readonly rule: string | undefined;
  /** Why, in a sentence, in English. */
  readonly detail: string;
  /** The request's id, to quote to an operator. */
  readonly requestId: string;
  /** After how many seconds asking again may help: `Retry-After`, where the service says so. */
  readonly retryAfterSeconds: number | undefined;
  /** The data of the case: `quota`, `limit`, `used`, `missing`, `errors` … */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(body: ProblemBody, retryAfterSeconds?: number) {
    const { type: _type, title, status, detail, instance, code, rule, ...data } = body;
    super(`${status} ${code}: ${detail || title}`);
    this.status = status;
    this.code = code;
    this.rule = rule;
    this.detail = detail;
    this.requestId = instance;
    this.retryAfterSeconds = retryAfterSeconds ?? numberOf(data["retryAfterSeconds"]);
    this.data = data;
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The problem in `body`, whatever it holds: an answer of the gateway itself, or of a proxy on the way, has no
 * problem+json and still becomes a `VestibuleProblem` with its status.
 */
export function problemFrom(
  status: number,
  body: unknown,
  { requestId = "", retryAfterSeconds }: { requestId?: string; retryAfterSeconds?: number | undefined } = {},
): VestibuleProblem {
  const fields = isRecord(body) ? body : {};
  const title = textOf(fields["title"], textOf(fields["message"], "The service refused the request"));
  const { rule: _rule, ...rest } = fields;
  const problem = {
    ...rest,
    type: textOf(fields["type"], "about:blank"),
    title,
    status: typeof fields["status"] === "number" ? fields["status"] : status,
    detail: textOf(fields["detail"], title),
    instance: textOf(fields["instance"], requestId),
    code: textOf(fields["code"], `http-${status}`),
    ...(typeof fields["rule"] === "string" ? { rule: fields["rule"] } : {}),
  };
  return new VestibuleProblem(problem, retryAfterSeconds);
}
