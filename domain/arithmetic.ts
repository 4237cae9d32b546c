/** BOT-3: why a calculation has no result. */
export const CALCULATION_FAULTS = [
  "too-long",
  "too-deep",
  "not-understood",
  "ambiguous-comma",
  "division-by-zero",
  "no-real-result",
  "too-large",
] as const;
export type CalculationFault = (typeof CALCULATION_FAULTS)[number];

/** `at` is where in the text it cannot be understood, from 0. */
export type Calculation =
  | { readonly kind: "result"; readonly value: number }
  | { readonly kind: "fault"; readonly fault: CalculationFault; readonly at?: number };

/** Bounds, so that no question costs more than a glance. */
const MAX_CHARACTERS = 200;
const MAX_DEPTH = 20;
const MAX_VALUE = 1e100;

type Operator = "+" | "-" | "*" | "/" | "%" | "^";
type Token = { readonly at: number } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "sign"; readonly sign: Operator | "(" | ")" }
);

class Fault extends Error {
  readonly fault: CalculationFault;
  readonly at: number | undefined;

  constructor(fault: CalculationFault, at?: number) {
    super(fault);
    this.fault = fault;
    this.at = at;
  }
}

/** The ways in which people write the same sign. */
const SIGNS: Readonly<Record<string, Operator | "(" | ")">> = {
  "+": "+",
  "-": "-",
  "−": "-",
  "–": "-",
  "*": "*",
  "×": "*",
  "·": "*",
  "/": "/",
  "÷": "/",
  ":": "/",
  "%": "%",
  "^": "^",
  "(": "(",
  ")": ")",
};

const NUMBER = /^(?:\d+(?:[.,]\d*)?|[.,]\d+)/u;
/** One comma before three digits is a decimal sign to some and a thousands separator to others. */
const EITHER = /^\d{1,3},\d{3}$/u;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const number = NUMBER.exec(text.slice(at))?.[0];
    const sign = SIGNS[character];
    if (number !== undefined) {
      if (EITHER.test(number)) throw new Fault("ambiguous-comma", at);
      tokens.push({ at, kind: "number", value: Number(number.replace(",", ".")) });
      at += number.length;
    } else if (character.trim() === "") {
      at += 1;
    } else if (sign !== undefined) {
      const isPower = sign === "*" && text.charAt(at + 1) === "*";
      tokens.push({ at, kind: "sign", sign: isPower ? "^" : sign });
      at += isPower ? 2 : 1;
    } else {
      throw new Fault("not-understood", at);
    }
  }
  return tokens;
}

function bounded(value: number): number {
  if (Number.isNaN(value)) throw new Fault("no-real-result");
  if (Math.abs(value) > MAX_VALUE) throw new Fault("too-large");
  return value;
}

function apply(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return bounded(left + right);
    case "-":
      return bounded(left - right);
    case "*":
      return bounded(left * right);
    case "/":
      if (right === 0) throw new Fault("division-by-zero");
      return bounded(left / right);
    case "%":
      if (right === 0) throw new Fault("division-by-zero");
      return bounded(left % right);
    case "^":
      if (left === 0 && right < 0) throw new Fault("division-by-zero");
      return bounded(left ** right);
  }
}

/** A parser by recursive descent: one function for each level of precedence. */
function parse(tokens: readonly Token[], end: number): number {
  let next = 0;

  function takes<Wanted extends Operator | "(" | ")">(...signs: readonly Wanted[]): Wanted | undefined {
    const token = tokens[next];
    if (token?.kind !== "sign") return undefined;
    const taken = signs.find((sign) => sign === token.sign);
    if (taken !== undefined) next += 1;
    return taken;
  }

  function sum(depth: number): number {
    let value = product(depth);
    for (;;) {
      const operator = takes("+", "-");
      if (operator === undefined) return value;
      value = apply(operator, value, product(depth));
    }
  }

  function product(depth: number): number {
    let value = signed(depth);
    for (;;) {
      const operator = takes("*", "/", "%");
      if (operator === undefined) return value;
      value = apply(operator, value, signed(depth));
    }
  }

  /** A sign binds less than a power: -2^2 is -4. */
  function signed(depth: number): number {
    if (depth > MAX_DEPTH) throw new Fault("too-deep", tokens[next]?.at ?? end);
    const sign = takes("+", "-");
    if (sign === undefined) return power(depth);
    const value = signed(depth + 1);
    return sign === "-" ? -value : value;
  }

  /** Powers go together from the right: 2^3^2 is 2^9. */
  function power(depth: number): number {
    const base = atom(depth);
    return takes("^") === undefined ? base : apply("^", base, signed(depth + 1));
  }

  function atom(depth: number): number {
    const token = tokens[next];
    if (token?.kind === "number") {
      next += 1;
      return bounded(token.value);
    }
    if (takes("(") === undefined) throw new Fault("not-understood", token?.at ?? end);
    const value = sum(depth + 1);
    if (takes(")") === undefined) throw new Fault("not-understood", tokens[next]?.at ?? end);
    return value;
  }

  const value = sum(0);
  const left = tokens[next];
  if (left !== undefined) throw new Fault("not-understood", left.at);
  return value;
}

/**
 * BOT-3: works out `+ - * / % ^` and parentheses over decimals, by a parser of its own: nothing that somebody writes is
 * ever run. `%` is the remainder, `^` (or `**`) the power.
 */
export function calculate(text: string): Calculation {
  if (text.length > MAX_CHARACTERS) return { kind: "fault", fault: "too-long" };
  try {
    return { kind: "result", value: parse(tokensOf(text), text.length) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { fault, at } = error;
    return { kind: "fault", fault, ...(at === undefined ? {} : { at }) };
  }
}

/** As many digits as the arithmetic of computers gets right, so that 0.1 + 0.2 is 0.3. */
const DIGITS = 12;

/** A result as people write it, with twelve digits at most. */
export function shownNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  return String(Number(value.toPrecision(DIGITS)));
}
