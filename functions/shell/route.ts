import type * as z from "zod";

/** The Lambda functions that answer HTTP. */
export type HttpFunctionName =
  | "organization"
  | "role"
  | "invite"
  | "accept"
  | "message"
  | "command"
  | "channel"
  | "share"
  | "page";

/** What a path segment in braces names, and so what form it must have. */
export type ParameterName =
  | "org"
  | "user"
  | "inv"
  | "chn"
  | "grp"
  | "seq"
  | "emoji"
  | "call"
  | "adr"
  | "file";

type ParametersOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends ParameterName ? Name : never) | ParametersOf<Rest>
  : never;

/** The answers by status; `null` for one without a body. */
type AnswerSchemas = Readonly<Record<number, z.ZodType | null>>;

/** One route of the public contract: the source of the handlers' typing, of the generated OpenAPI and of the route tests. */
export type Route<
  Path extends string = string,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Operation extends string = string,
  Answers extends AnswerSchemas = AnswerSchemas,
> = {
  readonly operationId: Operation;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: Path;
  readonly function: HttpFunctionName;
  readonly access: "person" | "anonymous";
  readonly summary: string;
  readonly rules: readonly string[];
  readonly body: Body;
  readonly query: Query;
  /** What a handler returns is parsed by it, so that no field leaks. */
  readonly answers: Answers;
  /** The codes of `problem+json` answers that are particular to this route. */
  readonly refusals: readonly string[];
  /** A POST that creates honours `Idempotency-Key`. */
  readonly isIdempotent: boolean;
};

type RouteDefinition<
  Path extends string,
  Body extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Operation extends string,
  Answers extends AnswerSchemas,
> = Pick<
  Route<Path, Body, Query, Operation, Answers>,
  "operationId" | "method" | "path" | "function" | "summary" | "rules" | "answers"
> & {
  readonly body?: Body;
  readonly query?: Query;
  readonly access?: Route["access"];
  readonly refusals?: readonly string[];
  readonly isIdempotent?: boolean;
};

/** Declares a route; what is left out means: signed in, no body, no query, no particular refusal, not idempotent by key. */
export function route<
  const Path extends string,
  Body extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  const Operation extends string = string,
  Answers extends AnswerSchemas = AnswerSchemas,
>(
  definition: RouteDefinition<Path, Body, Query, Operation, Answers>,
): Route<Path, Body, Query, Operation, Answers> {
  const { body, query, access = "person", refusals = [], isIdempotent = false, ...rest } = definition;
  // `undefined` is what Body and Query are inferred as when a definition leaves them out.
  return { ...rest, body: body as Body, query: query as Query, access, refusals, isIdempotent };
}

/** The signed-in person, from the verified token's claims. */
export type Person = {
  readonly userId: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  /** When they signed in, epoch ms (SHR-2); `undefined` if the issuer does not say. */
  readonly signedInAt: number | undefined;
  /** Whether this session began with a second factor (SHR-9). */
  readonly hasSecondFactor: boolean;
};

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a use case receives: everything parsed, nothing from the wire left. */
export type Request<R extends Route> = {
  readonly params: Readonly<Record<ParametersOf<R["path"]>, string>>;
  readonly body: Parsed<R["body"]>;
  readonly query: Parsed<R["query"]>;
  readonly person: R["access"] extends "anonymous" ? Person | undefined : Person;
  /** The version named by `If-Match`, if any. */
  readonly ifMatch: number | undefined;
  readonly requestId: string;
  /** The address the request came from, for the audit log (INV-18). */
  readonly sourceIp: string;
  /** An id that stays the same whenever this request is repeated with its `Idempotency-Key`. */
  readonly plannedSuffix: string | undefined;
  /** Epoch milliseconds of the request. */
  readonly now: number;
};

/** What a use case answers; `version` becomes the `ETag`. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly version?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is answered in place of a body by a route that declares none. */
  readonly file?: { readonly bytes: Uint8Array; readonly type: string };
  /** False for an answer that a repetition under the same `Idempotency-Key` may better: it is not kept. */
  readonly isFinal?: boolean;
};

/** A route together with the use case that serves it. */
export type Implementation = {
  readonly route: Route;
  readonly serve: (request: Request<Route>) => Promise<Answer>;
  readonly replay?: Replay;
};

/** What of any request its answer's repetition goes by. */
type Repeated = {
  readonly params: Readonly<Record<string, string>>;
  readonly person: Person;
  readonly now: number;
};

/**
 * How an answer that is kept for `Idempotency-Key` is told again: `demand` refuses those who may do it no more, whatever
 * they could a day ago. Where it holds secrets, `store` takes them out, `restore` makes new ones (INV-3: a secret is
 * stored only as its hash); `suffix` is the `plannedSuffix` under which the request ran.
 */
export type Replay = {
  readonly demand?: (request: Repeated) => Promise<unknown>;
  readonly store?: (body: unknown, request: Pick<Repeated, "params">) => unknown;
  readonly restore?: (body: unknown, suffix: string) => Promise<unknown>;
};

/** Binds a use case to its route; the compiler proves that it fits the route's path, body and query. */
export function implement<R extends Route>(
  definition: R,
  serve: (request: Request<R>) => Promise<Answer>,
  replay?: Replay,
): Implementation {
  return {
    route: definition,
    // Each request is parsed by this very route before it gets here (http-handler.ts).
    serve: serve as unknown as Implementation["serve"],
    ...(replay === undefined ? {} : { replay }),
  };
}
