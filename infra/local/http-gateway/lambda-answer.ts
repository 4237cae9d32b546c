import * as z from "zod";

export type GatewayAnswer = {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
};

const answerSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** The gateway writes these itself. */
const ownHeaders = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

/** What the function's payload means to a caller, or `undefined` for one that API Gateway cannot read. */
export function readLambdaAnswer(payload: unknown): GatewayAnswer | undefined {
  if (payload === null || typeof payload !== "object" || !("statusCode" in payload)) {
    return bareAnswer(payload);
  }
  const parsed = answerSchema.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const kept = Object.entries(headers ?? {})
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !ownHeaders.has(name));
  return {
    status: statusCode,
    headers: Object.fromEntries(body ? [["content-type", "text/plain;charset=UTF-8"], ...kept] : kept),
    cookies: cookies ?? [],
    body: Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8"),
  };
}

/** A payload without `statusCode` is the body itself, taken for JSON. */
function bareAnswer(payload: unknown): GatewayAnswer {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload ?? null);
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    cookies: [],
    body: Buffer.from(text),
  };
}
