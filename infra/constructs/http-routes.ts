import { readFileSync } from "node:fs";
import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import * as z from "zod";
import { type FunctionName, isFunctionName } from "./function-plans.ts";

export interface HttpRouteEntry {
  readonly method: HttpMethod;
  readonly path: string;
  readonly function: FunctionName;
  readonly isAnonymous: boolean;
}

const operationSchema = z.object({
  "x-function": z.string().refine(isFunctionName, "is not a function of this system"),
  security: z.array(z.unknown()).optional(),
});

const documentSchema = z.object({
  paths: z.record(z.string().startsWith("/"), z.record(z.string(), z.unknown())),
});

/**
 * The HTTP routes, read from the published contract: what is documented is deployed, and nothing else.
 * An operation is anonymous only where it says so itself (`"security": []`).
 */
export function readHttpRoutes(
  file: URL = new URL("../../docs/openapi.json", import.meta.url),
): readonly HttpRouteEntry[] {
  const { paths } = documentSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.values(HttpMethod)
      .filter((method) => item[method.toLowerCase()] !== undefined)
      .map((method) => {
        const operation = operationSchema.parse(item[method.toLowerCase()]);
        return {
          method,
          path,
          function: operation["x-function"],
          isAnonymous: operation.security?.length === 0,
        };
      }),
  );
}
