import * as z from "zod";

export type References = {
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): unknown;
};

export class UnresolvedTemplateValue extends Error {}

const text = z.coerce.string();
const pair = z.tuple([z.string(), z.unknown()]);

/** A template value with its intrinsic functions worked out; one that is not known is an error that shows it. */
export function resolve(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, references)).filter(isPresent);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only && (only[0] === "Ref" || only[0].startsWith("Fn::"))) {
    return applyIntrinsic(only[0], only[1], references);
  }
  return Object.fromEntries(
    entries.map(([name, item]) => [name, resolve(item, references)]).filter(([, item]) => isPresent(item)),
  );
}

/** `AWS::NoValue` removes the property or list item it stands for. */
export const noValue = Symbol("AWS::NoValue");

function isPresent(value: unknown): boolean {
  return value !== noValue;
}

function applyIntrinsic(name: string, argument: unknown, references: References): unknown {
  const inner = (value: unknown) => resolve(value, references);
  switch (name) {
    case "Ref":
      return references.ref(text.parse(argument));
    case "Fn::GetAtt": {
      const [logicalId = "", ...path] =
        typeof argument === "string" ? argument.split(".") : z.array(z.string()).parse(argument);
      return references.attribute(logicalId, path.join("."));
    }
    case "Fn::Join": {
      const [separator, parts] = pair.parse(argument);
      return z.array(text).parse(inner(parts)).join(separator);
    }
    case "Fn::Sub":
      return substitute(argument, references);
    case "Fn::Select": {
      const [index, list] = z.tuple([z.coerce.number(), z.unknown()]).parse(argument);
      return z.array(z.unknown()).parse(inner(list))[index];
    }
    case "Fn::Split": {
      const [separator, whole] = pair.parse(argument);
      return text.parse(inner(whole)).split(separator);
    }
    case "Fn::If": {
      const [condition, yes, no] = z.tuple([z.string(), z.unknown(), z.unknown()]).parse(argument);
      return inner(inner(references.condition(condition)) === true ? yes : no);
    }
    case "Fn::Equals": {
      const [left, right] = z.tuple([z.unknown(), z.unknown()]).parse(argument);
      return JSON.stringify(inner(left)) === JSON.stringify(inner(right));
    }
    case "Fn::Not":
      return z.array(z.unknown()).parse(inner(argument))[0] !== true;
    case "Fn::And":
      return z.array(z.unknown()).parse(inner(argument)).every(Boolean);
    case "Fn::Or":
      return z.array(z.unknown()).parse(inner(argument)).some(Boolean);
    default:
      throw new UnresolvedTemplateValue(
        `the local stack does not know ${name}: ${JSON.stringify(argument).slice(0, 300)}`,
      );
  }
}

function substitute(argument: unknown, references: References): string {
  const [pattern, variables] =
    typeof argument === "string"
      ? [argument, {}]
      : z.tuple([z.string(), z.record(z.string(), z.unknown())]).parse(argument);
  return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, escaped: string, name: string) => {
    if (escaped) return `\${${name}}`;
    if (name in variables) return text.parse(resolve(variables[name], references));
    const dot = name.indexOf(".");
    return text.parse(
      dot < 0 ? references.ref(name) : references.attribute(name.slice(0, dot), name.slice(dot + 1)),
    );
  });
}
