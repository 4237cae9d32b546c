import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** The time that functions, gateways and schedules see: the machine's own plus an offset that only grows. */
export type LocalClock = {
  /** Virtual time in epoch milliseconds. */
  now(): number;
  advance(seconds: number): void;
  /** Called after every advance (idle sockets, due schedules); answers how to stop listening. */
  onAdvance(listener: () => void): () => void;
  /** One `BigInt64` of milliseconds, shared with the workers: `Atomics.load(new BigInt64Array(offset), 0)`. */
  offset: SharedArrayBuffer;
};

/** What the synthesized template says, with every reference resolved to an address of this machine. */
export type StackModel = {
  functions: FunctionModel[];
  httpApi: HttpApiModel;
  socketApi: SocketApiModel;
  table: TableModel;
  streamMappings: StreamMapping[];
  schedules: ScheduleModel[];
  mail: MailModel;
  issuer: IssuerModel;
};

export type FunctionModel = {
  /** The short name, from `POWERTOOLS_SERVICE_NAME`: `invite`, `socket-authorizer` … */
  name: string;
  logicalId: string;
  codeDirectory: string;
  /** `file.export`, as in the template: `index.handler`. */
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMb: number;
  /** What its role allows; absent: everything. */
  permissions?: PermissionModel[];
};

/** One `Allow` statement, conditions left aside; `*` stands for any characters. */
export type PermissionModel = { actions: string[]; resources: string[] };

export type HttpRouteModel = {
  /** Upper case, or `ANY`. */
  method: string;
  /** As in the template: `/v1/organizations/{org}`, `/files/{rest+}`, or `$default`. */
  path: string;
  functionName: string;
  isAnonymous: boolean;
};

export type CorsModel = {
  allowOrigins: string[];
  allowMethods: string[];
  allowHeaders: string[];
  exposeHeaders: string[];
  maxAgeSeconds: number;
  allowsCredentials: boolean;
};

export type HttpApiModel = {
  routes: HttpRouteModel[];
  cors?: CorsModel;
  issuer: string;
  audience: string[];
};

export type SocketRouteModel =
  | { integration: "lambda"; functionName: string; hasResponse: boolean }
  | { integration: "mock"; requestTemplate: string; responseTemplate: string };

export type SocketApiModel = {
  stage: string;
  /** By route key: `$connect`, `$disconnect`, `$default`, `post` … */
  routes: Record<string, SocketRouteModel>;
  authorizerFunctionName: string;
  /** As in the template: `route.request.querystring.ticket`. */
  identitySources: string[];
  routeSelectionExpression: string;
};

type AttributeType = "S" | "N" | "B";

export type KeyModel = { partition: string; sort?: string };

export type IndexModel = KeyModel & {
  name: string;
  projection: "ALL" | "KEYS_ONLY" | "INCLUDE";
  nonKeyAttributes: string[];
};

export type TableModel = {
  name: string;
  key: KeyModel;
  attributes: Record<string, AttributeType>;
  indexes: IndexModel[];
  timeToLiveAttribute?: string;
  streamViewType?: string;
};

export type StreamMapping = {
  functionName: string;
  batchSize: number;
  windowSeconds: number;
  parallelizationFactor: number;
  bisectsOnError: boolean;
  /** -1: until the record is too old. */
  maxRetries: number;
  /** -1: for ever. */
  maxAgeSeconds: number;
  reportsItemFailures: boolean;
  startsAt: "TRIM_HORIZON" | "LATEST";
  /** Parsed event patterns; a record passes when one of them (or none is there) fits. */
  filters: unknown[];
  /** The logical id or ARN of the on-failure destination. */
  failureDestination?: string;
};

export type ScheduleModel = {
  /** The short name of its function: `sweep`. */
  name: string;
  functionName: string;
  /** As in the template: `rate(5 minutes)` or `cron(…)`. */
  expression: string;
  /** The target's constant input, if it has one. */
  input?: unknown;
};

export type MailModel = {
  configurationSet: string;
  feedbackFunction?: string;
  /** Lower case, as in the event destination: `bounce`, `complaint`, `delivery`, `send` …; absent: all of them. */
  feedbackEvents?: string[];
};

export type IssuerModel = { issuer: string; audience: string[] };

export type InvokeResult =
  | { ok: true; payload: unknown }
  | { ok: false; errorType: string; errorMessage: string };

export type Invoker = {
  /** `source` says what called, for the log line: `POST /v1/organizations`, `socket post`, `stream`, `schedule`. */
  invoke(functionName: string, event: unknown, source: string): Promise<InvokeResult>;
  /**
   * Ends the worker that signed with this access key (fault effect `kill`); its invocation fails as a crash.
   * Whose call an HTTP request is: `callerOf(request.headers.authorization)` in `runtime/caller.ts`.
   */
  kill(accessKeyId: string): void;
};

export type UnitsRecord = {
  functionName: string;
  operation: string;
  readUnits: number;
  writeUnits: number;
};

export type MeterReading = {
  units: (UnitsRecord & { calls: number })[];
  totals: { readUnits: number; writeUnits: number };
  /** Billed messages: each begun 32 KB in either direction is one. */
  socketMessages: number;
  invocations: { functionName: string; count: number; cold: number; ms: number }[];
  mails: number;
};

export type Meter = {
  recordUnits(units: UnitsRecord): void;
  recordSocketMessage(bytes: number): void;
  recordInvocation(invocation: { functionName: string; isCold: boolean; ms: number }): void;
  recordMail(): void;
  read(): MeterReading;
  reset(): void;
};

export type FaultTarget = "dynamodb" | "ses" | "connections" | "function";

export type FaultEffectName =
  | "throttle"
  | "error"
  | "error-after"
  | "delay"
  | "kill"
  | "drop"
  | "duplicate"
  | "reorder";

export type FaultRule = {
  target: FaultTarget;
  /** Every attribute named here must be equal to the call's; `organization`: its id is in the call, whatever the target. */
  match: Record<string, string>;
  effect: FaultEffectName;
  /** 0–1; without it always. */
  rate?: number;
  /** How many times at most. */
  times?: number;
  seed?: number;
  /** How many matching calls pass unharmed first. */
  skip?: number;
  /** For `delay` (1 000 when absent), and for `kill` of a function: how long it runs first (0: it never starts). */
  delayMs?: number;
  /** For `throttle` of a transaction: `TransactionConflict` instead of throttling. */
  conflict?: boolean;
};

export type FaultEffect = {
  effect: FaultEffectName;
  delayMs: number;
  conflict: boolean;
};

export type Faults = {
  /**
   * What befalls this call, if anything. Attributes by target: `dynamodb` {function, operation, table}, `ses`
   * {function, operation, to}, `connections` {function, operation, connectionId, userId}, `function` {function, source}.
   * `content` tells the organizations that it is about, and is asked only where a rule does.
   */
  decide(
    target: FaultTarget,
    attributes: Record<string, string>,
    content?: () => string,
  ): FaultEffect | undefined;
  /** All rules; with a `group` only the former ones of that group, so that the others go on where they are. */
  replace(rules: FaultRule[], group?: string): void;
};

export type LogLine = {
  /** Increasing by one: `after` in `GET /local/log`. */
  id: number;
  /** Machine time, ISO. */
  at: string;
  kind: "invocation" | "output" | "event";
  functionName?: string;
  text: string;
};

export type InvocationLog = {
  /** The newest few thousand. */
  lines: readonly LogLine[];
  add(line: Omit<LogLine, "id" | "at">): void;
  subscribe(listener: (line: LogLine) => void): () => void;
};

export type LocalAddresses = {
  /** What functions use: the metering proxy. */
  dynamodb: string;
  /** The engine itself, without meter or faults. */
  engine: string;
  /** `<base>/_ses` */
  ses: string;
  /** `<base>/local/issuer` */
  issuer: string;
  /** `<base>/_connections/<stage>` */
  connections: string;
};

export type LocalContext = {
  clock: LocalClock;
  model: StackModel;
  invoker: Invoker;
  meter: Meter;
  faults: Faults;
  log: InvocationLog;
  /** `http://127.0.0.1:<port>`, without trailing slash. */
  baseUrl: string;
  /** `ws://127.0.0.1:<port>/<stage>` */
  socketUrl: string;
  addresses: LocalAddresses;
  /** Where to keep what should outlive the process; absent: in memory. */
  dataDirectory?: string;
};

/**
 * A path that exists on this machine only. `path` may hold `{name}` for one segment and `{name+}` for the rest;
 * `method` may be `ANY`. `parameters` are the matched segments, percent-decoded.
 */
export type LocalRoute = {
  method: string;
  path: string;
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    context: LocalContext,
    parameters: Record<string, string>,
  ): Promise<void>;
};

export type HttpServer = { server: Server; port: number; close(): Promise<void> };

/** What `socket-gateway/attach.ts` exports as `attachSocketGateway`. */
export type SocketGateway = { close(): Promise<void> };

export type LocalStack = {
  httpUrl: string;
  socketUrl: string;
  /** `<httpUrl>/local` */
  localUrl: string;
  context: LocalContext;
  stop(): Promise<void>;
};
