const reference =
  /\$input\.(json|path)\(\s*['"]([^'"]*)['"]\s*\)|\$input\.body|\$context\.(\w+)|[$#][A-Za-z!{][\w.]*/g;

/**
 * The part of a mapping template that a mock integration here may use: `$input.json('$.x')`, `$input.path('$.x')`,
 * `$input.body`, `$context.x`. Anything else throws, so that nothing passes here that means something else there.
 */
export function renderTemplate(
  template: string,
  input: string,
  contextVariables: Record<string, string>,
): string {
  return template.replace(reference, (text, kind?: string, path?: string, variable?: string) => {
    if (kind === "json") return JSON.stringify(valueAt(input, path ?? "$") ?? null);
    if (kind === "path") return plainText(valueAt(input, path ?? "$"));
    if (text === "$input.body") return input;
    if (variable !== undefined && Object.hasOwn(contextVariables, variable)) {
      return contextVariables[variable] ?? "";
    }
    throw new Error(`the local gateway does not understand "${text}" in a mapping template`);
  });
}

function valueAt(input: string, path: string): unknown {
  if (!/^\$(\.[\w-]+)*$/.test(path))
    throw new Error(`the local gateway does not understand the path "${path}"`);
  let value: unknown = JSON.parse(input);
  for (const name of path.split(".").slice(1)) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

function plainText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
