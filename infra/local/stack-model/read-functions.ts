import { join } from "node:path";
import * as z from "zod";
import type { FunctionModel } from "../contracts.ts";
import { UnresolvedTemplateValue } from "./intrinsics.ts";
import { readPermissions } from "./read-permissions.ts";
import type { StackReader } from "./stack-reader.ts";

const functionSchema = z.object({
  FunctionName: z.string().optional(),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string(),
  Role: z.string(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
});

const assetsSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })),
});

/** Every function with its code's directory; `assets` is the text of the stack's asset manifest. */
export function readFunctions(reader: StackReader, assets: string, directory: string): FunctionModel[] {
  const { files } = assetsSchema.parse(JSON.parse(assets));
  const permissionsOf = readPermissions(reader);
  return reader.all("AWS::Lambda::Function", functionSchema).map(({ logicalId, properties }) => {
    const environment = properties.Environment?.Variables ?? {};
    const name = environment["POWERTOOLS_SERVICE_NAME"];
    const path = files[properties.Code.S3Key.replace(/\.\w+$/, "")]?.source.path;
    if (name === undefined) {
      throw new UnresolvedTemplateValue(
        `the function ${logicalId} has no POWERTOOLS_SERVICE_NAME to call it by`,
      );
    }
    if (path === undefined) {
      throw new UnresolvedTemplateValue(
        `the code ${properties.Code.S3Key} of ${name} is not among the assets`,
      );
    }
    if (!properties.Runtime.startsWith("nodejs")) {
      throw new UnresolvedTemplateValue(
        `the local stack runs Node functions only; ${name} is ${properties.Runtime}`,
      );
    }
    return {
      name,
      logicalId,
      codeDirectory: join(directory, path),
      handler: properties.Handler,
      environment,
      timeoutSeconds: properties.Timeout,
      memoryMb: properties.MemorySize,
      permissions: permissionsOf(properties.Role),
    };
  });
}
