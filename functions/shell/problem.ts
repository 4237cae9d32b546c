import { DENIALS } from "@vestibule/domain/codes";
import type { Denied } from "@vestibule/domain/decision";
import { explainDenial } from "@vestibule/domain/decision";
import type { Denial } from "@vestibule/domain/denial";

/** The body of every refusal: RFC 9457 with `code`, `rule` and data of the case (`api.md`, Conventions). */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  rule?: string;
  [extension: string]: unknown;
};

type ProblemOptions = {
  rule?: string | undefined;
  title?: string | undefined;
  data?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** A refusal on its way to the caller. Thrown only at the edge; inside, a denial is a value. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly rule: string | undefined;
  readonly title: string | undefined;
  readonly data: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.rule = options.rule;
    this.title = options.title;
    this.data = options.data ?? {};
    this.headers = options.headers ?? {};
  }
}

/**
 * The refusal that a domain decision stands for; one that time heals says when to come back (INV-9, INV-13), and one of what
 * a field holds names the field, as any 400 does.
 */
export function problemOf(denied: Denied): Problem {
  const { status, title, field: usual }: Denial = DENIALS[denied.code];
  const { field = usual, ...details } = denied.details ?? {};
  const detail = explainDenial(denied);
  const errors = typeof field === "string" ? { errors: [{ path: field, message: detail }] } : {};
  return new Problem(status, denied.code, detail, {
    rule: denied.rule,
    title,
    data: { ...details, ...errors },
    headers: retryAfterOf(details),
  });
}

function retryAfterOf({ retryAfterSeconds }: Readonly<Record<string, unknown>>): Record<string, string> {
  return typeof retryAfterSeconds === "number" ? { "retry-after": String(retryAfterSeconds) } : {};
}

/** 404 for what does not exist and for what belongs to another organization alike. */
export function notFound(what: string, data: Record<string, unknown> = {}): Problem {
  return new Problem(404, "not-found", `There is no such ${what}.`, { data });
}

/** 412 for a version named by `If-Match` that is no longer the current one. */
export function stale(): Problem {
  return new Problem(412, "stale", "The resource has changed since you read it.");
}

/** 503 for a dependency that throttles or conflicts for longer than we retry. */
export function busy(retryAfterSeconds = 1): Problem {
  return new Problem(503, "busy", "The service is busy. Please try again shortly.", {
    headers: { "retry-after": String(retryAfterSeconds) },
  });
}

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  409: "Conflict",
  410: "Gone",
  412: "Precondition failed",
  413: "Too large",
  415: "Unsupported media type",
  422: "Unprocessable",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
};

/** The problem+json object of a refusal; `requestId` lets an operator find the log line. */
export function problemBody(problem: Problem, requestId: string): ProblemBody {
  return {
    ...problem.data,
    type: `urn:vestibule:problem:${problem.code}`,
    title: problem.title ?? TITLES[problem.status] ?? "Error",
    status: problem.status,
    detail: problem.detail,
    instance: requestId,
    code: problem.code,
    ...(problem.rule === undefined ? {} : { rule: problem.rule }),
  };
}
