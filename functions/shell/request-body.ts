import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type * as z from "zod";
import { Problem } from "./problem.ts";

/** The largest body any route needs: 100 invitees, or 16 000 characters escaped; in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;

const REPLACEMENT = "\uFFFD";

/** The field a zod issue is about, as `invitees.0.email`; an unknown field is named itself. */
export function issuesOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "Unknown field" }));
    }
    return [{ path: path.join("."), message: issue.message }];
  });
}

/** 400 that names each field at fault. */
export function invalid(errors: { path: string; message: string }[]): Problem {
  const fields = errors.map((error) => error.path || "the body").join(", ");
  return new Problem(400, "invalid-request", `Please check: ${fields}.`, { data: { errors } });
}

function textOf(event: APIGatewayProxyEventV2): string {
  const raw = event.body ?? "";
  if (Buffer.byteLength(raw) > MAX_BODY_BYTES * (event.isBase64Encoded ? 4 / 3 : 1)) {
    throw new Problem(413, "body-too-large", `A body may have ${MAX_BODY_BYTES} bytes.`, {
      data: { limit: MAX_BODY_BYTES },
    });
  }
  if (!event.isBase64Encoded) return raw;
  return Buffer.from(raw, "base64").toString("utf8");
}

/** The JSON of a request's body. @throws Problem 400, 413, 415 */
export function readJson(event: APIGatewayProxyEventV2): unknown {
  const text = textOf(event);
  if (text === "") throw new Problem(400, "malformed-json", "A JSON body is expected.");
  const type = (event.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Problem(415, "unsupported-media-type", "Please send application/json.");
  }
  // The gateway hands invalid UTF-8 on with replacement characters; a text that was broken on its way is not stored.
  if (text.includes(REPLACEMENT)) throw new Problem(400, "malformed-json", "The body is not valid UTF-8.");
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "malformed-json", "The body is not valid JSON.");
  }
}

/** `value` as the schema describes it. @throws Problem 400 `invalid-request` naming each field */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(issuesOf(parsed.error));
  return parsed.data;
}
