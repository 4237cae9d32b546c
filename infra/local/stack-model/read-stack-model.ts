import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { StackModel } from "../contracts.ts";
import { UnresolvedTemplateValue } from "./intrinsics.ts";
import { createAddressBook } from "./local-addresses.ts";
import { readMail, readSchedules, readStreamMappings } from "./read-events.ts";
import { readFunctions } from "./read-functions.ts";
import { readHttpApi } from "./read-http-api.ts";
import { readSocketApi } from "./read-socket-api.ts";
import { readTable } from "./read-table.ts";
import { createReferences } from "./references.ts";
import { refuseUnknownTypes } from "./resource-types.ts";
import { createStackReader } from "./stack-reader.ts";
import { parseTemplate } from "./template.ts";

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.object({ templateFile: z.string().optional(), file: z.string().optional() }).optional(),
    }),
  ),
});

const environmentSchema = z.object({
  Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
});

/** Reads a synthesized assembly (`cdk.out`) as it would run behind `baseUrl`. */
export function readStackModel(assemblyDirectory: string, baseUrl: string): StackModel {
  const { templateFile, assetsFile } = findStack(assemblyDirectory);
  const template = parseTemplate(readFileSync(join(assemblyDirectory, templateFile), "utf8"));
  refuseUnknownTypes(template);
  const references = createReferences(template);
  const functionNames = new Map(
    Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties }]): [string, string][] => {
      if (Type !== "AWS::Lambda::Function") return [];
      const short =
        environmentSchema.safeParse(Properties).data?.Environment.Variables.POWERTOOLS_SERVICE_NAME;
      return [[String(references.ref(logicalId)), short ?? logicalId]];
    }),
  );
  const reader = createStackReader(template, createAddressBook(template, baseUrl), functionNames);
  const httpApi = readHttpApi(reader);
  return {
    functions: readFunctions(
      reader,
      readFileSync(join(assemblyDirectory, assetsFile), "utf8"),
      assemblyDirectory,
    ),
    httpApi,
    socketApi: readSocketApi(reader),
    table: readTable(reader),
    streamMappings: readStreamMappings(reader),
    schedules: readSchedules(reader),
    mail: readMail(reader),
    issuer: { issuer: httpApi.issuer, audience: httpApi.audience },
  };
}

function findStack(directory: string): { templateFile: string; assetsFile: string } {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8")));
  const ofType = (type: string) =>
    Object.values(manifest.artifacts).filter((artifact) => artifact.type === type);
  const stacks = ofType("aws:cloudformation:stack");
  const templateFile = stacks[0]?.properties?.templateFile;
  const assetsFile = ofType("cdk:asset-manifest")[0]?.properties?.file;
  if (stacks.length !== 1 || templateFile === undefined || assetsFile === undefined) {
    throw new UnresolvedTemplateValue(`the local stack runs one stack; ${directory} has ${stacks.length}`);
  }
  return { templateFile, assetsFile };
}
