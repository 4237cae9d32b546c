import type { ProblemBody } from "./types.ts";

/** A refusal by the service, from an HTTP answer or a WebSocket reply. */
export class VestibuleProblem extends Error {
  override readonly name = "VestibuleProblem";
  readonly status: number;
  /** The stable, kebab-case reason to branch on. */
  readonly code: string;
  /** The product rule that decided, where one did. */
  readonly rule: string | undefined;
  /** The request's id, to quote to an operator. */
  readonly requestId: string;
  /** The data of the case: `quota`, `limit`, `used`, `missing`, `errors` … */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(body: ProblemBody) {
    const { type: _type, title, status, detail, instance, code, rule, ...data } = body;
    super(`${status} ${code}: ${detail || title}`);
    this.status = status;
    this.code = code;
    this.rule = rule;
    this.requestId = instance;
    this.data = data;
  }
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
export function problemFrom(status: number, body: unknown, requestId = ""): VestibuleProblem {
  const fields = isRecord(body) ? body : {};
  const title = textOf(fields["title"], textOf(fields["message"], "The service refused the request"));
  const { rule: _rule, ...rest } = fields;
  return new VestibuleProblem({
    ...rest,
    type: textOf(fields["type"], "about:blank"),
    title,
    status: typeof fields["status"] === "number" ? fields["status"] : status,
    detail: textOf(fields["detail"], title),
    instance: textOf(fields["instance"], requestId),
    code: textOf(fields["code"], `http-${status}`),
    ...(typeof fields["rule"] === "string" ? { rule: fields["rule"] } : {}),
  });
}
