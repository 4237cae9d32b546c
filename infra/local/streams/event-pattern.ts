/**
 * Whether a value fits an event pattern, as Lambda filters stream records:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * An operator this file does not know is an error: a filter must not pass or drop records by accident.
 */
export function fitsPattern(pattern: unknown, value: unknown): boolean {
  if (!isObject(pattern)) throw new Error(`an event pattern is an object: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === "$or") return asList(wanted).some((alternative) => fitsPattern(alternative, value));
    const found = isObject(value) ? value[field] : undefined;
    if (!Array.isArray(wanted)) return fitsPattern(wanted, found);
    return wanted.some((matcher) => fitsMatcher(matcher, found));
  });
}

function fitsMatcher(matcher: unknown, found: unknown): boolean {
  if (isObject(matcher)) {
    return Object.entries(matcher).every(([operator, operand]) => applyOperator(operator, operand, found));
  }
  return alternatives(found).some((one) => one === matcher);
}

function applyOperator(operator: string, operand: unknown, found: unknown): boolean {
  const values = alternatives(found);
  const someText = (test: (text: string) => boolean) =>
    values.some((one) => typeof one === "string" && test(one));
  switch (operator) {
    case "exists":
      // A leaf must be there: an object in its place does not count.
      return operand === (found !== undefined && !isObject(found));
    case "prefix":
      return someText((text) => text.startsWith(String(operand)));
    case "suffix":
      return someText((text) => text.endsWith(String(operand)));
    case "equals-ignore-case":
      return someText((text) => text.toLowerCase() === String(operand).toLowerCase());
    case "anything-but":
      return found !== undefined && !asList(operand).some((refused) => fitsMatcher(refused, found));
    case "numeric":
      return values.some((one) => typeof one === "number" && fitsNumeric(asList(operand), one));
    default:
      throw new Error(`the local stack does not know the filter operator ${operator}`);
  }
}

function fitsNumeric(conditions: unknown[], value: number): boolean {
  for (let index = 0; index < conditions.length; index += 2) {
    const bound = Number(conditions[index + 1]);
    const comparison = conditions[index];
    if (comparison === "=" && value !== bound) return false;
    if (comparison === ">" && value <= bound) return false;
    if (comparison === ">=" && value < bound) return false;
    if (comparison === "<" && value >= bound) return false;
    if (comparison === "<=" && value > bound) return false;
  }
  return true;
}

/** A list in the event fits when one of its elements does. */
function alternatives(found: unknown): unknown[] {
  return found === undefined ? [] : asList(found);
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
