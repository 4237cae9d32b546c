/** One way to spoil a JSON value: what it becomes, and the path of what was touched. */
export type Mutation = { name: string; path: string; value: unknown };

const HUGE = "x".repeat(100_000);

/** What stands in the place of each value in turn: every wrong type, and the edges of the right ones. */
const WRONG: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  "",
  " ",
  "surprise",
  HUGE,
  "\ud800",
  "a\u0000b",
  [],
  [null],
  {},
  { surprise: 1 },
  [[[[[[[[]]]]]]]],
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

const join = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

/** Everything that can be done to a value and what is in it: each part replaced, each field left out, fields added. */
export function* mutationsOf(value: unknown, path = ""): Generator<Mutation> {
  for (const wrong of WRONG) yield { name: `${path || "all"} = ${shown(wrong)}`, path, value: wrong };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const inner of mutationsOf(item, join(path, String(index)))) {
        yield { ...inner, value: value.with(index, inner.value) };
      }
    }
  }
  if (!isRecord(value)) return;
  for (const name of ["surprise", "constructor", "toString"]) {
    yield { name: `${join(path, name)} added`, path: join(path, name), value: { ...value, [name]: 1 } };
  }
  for (const [name, item] of Object.entries(value)) {
    const { [name]: _left, ...rest } = value;
    yield { name: `${join(path, name)} left out`, path: join(path, name), value: rest };
    for (const inner of mutationsOf(item, join(path, name))) {
      yield { ...inner, value: { ...value, [name]: inner.value } };
    }
  }
}

/** Texts that no route can read as JSON. */
export const BROKEN_JSON: readonly string[] = [
  " ",
  "{",
  "}",
  "[",
  '{"a":}',
  '{"a":1,}',
  "{'a':1}",
  "undefined",
  "NaN",
  "nul",
  '"',
  '"unended',
  "\u0000",
  "{}{}",
  '{"a":1}x',
  "\uFEFF{}",
  '{"a":"\n"}',
  '{"a":01}',
  "<xml/>",
  "[".repeat(100_000),
  '{"a":'.repeat(50_000),
];

/** JSON of the wrong kind at the top, or deeper than anything that is expected. */
export const WRONG_JSON: readonly string[] = [
  "null",
  "true",
  "0",
  "-1e999",
  '"text"',
  "[]",
  "[1,2,3]",
  '[{"name":"x"}]',
  `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
];

/** Bytes that are no UTF-8: a stray byte, a broken pair, an overlong slash, a half surrogate, a cut-off character. */
export const BROKEN_UTF8: readonly (readonly number[])[] = [
  [0xff],
  [0xc3, 0x28],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f, 0x98],
];

/** An object's JSON with `__proto__` in it, which no literal can have. */
export function withProto(value: object): string {
  const json = JSON.stringify(value);
  return json === "{}" ? '{"__proto__":{"admin":true}}' : `{"__proto__":{"admin":true},${json.slice(1)}`;
}
