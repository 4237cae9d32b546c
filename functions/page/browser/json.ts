/** An object read from JSON, whose fields are checked one by one. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON object in `text`, or none. */
export function fieldsIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The text in a field; empty when it holds none. */
export function textIn(fields: Fields | undefined, name: string): string {
  const value = fields?.[name];
  return typeof value === "string" ? value : "";
}

/** The object in a field, or none. */
export function objectIn(fields: Fields | undefined, name: string): Fields | undefined {
  const value = fields?.[name];
  return isFields(value) ? value : undefined;
}

/** The objects in a field that holds a list of them. */
export function objectsIn(fields: Fields | undefined, name: string): Fields[] {
  const value = fields?.[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The texts in a field that holds a list of them. */
export function textsIn(fields: Fields | undefined, name: string): string[] {
  const value = fields?.[name];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
