import { expect, test } from "vitest";
import { renderTemplate } from "../../../infra/local/socket-gateway/mock-template.ts";

const render = (template: string, input: unknown) =>
  renderTemplate(template, JSON.stringify(input), { connectionId: "c=", requestId: "r=" });

test.each([
  [`{"id":$input.json('$.id')}`, { id: 'a"b' }, '{"id":"a\\"b"}'],
  [`{"id":$input.json('$.a.b')}`, { a: { b: [1] } }, '{"id":[1]}'],
  [`{"id":$input.json("$.missing")}`, {}, '{"id":null}'],
  ["$input.json('$')", { a: 1 }, '{"a":1}'],
  ["$input.path('$.a')-$input.path('$.b')", { a: 1 }, "1-"],
  ["$input.body", { a: 1 }, '{"a":1}'],
  ["$context.connectionId $context.requestId", {}, "c= r="],
  ["5 $ and a # stay", {}, "5 $ and a # stay"],
  ["$input.path('$.a')", { a: "$& $1 $context.requestId" }, "$& $1 $context.requestId"],
])("%s", (template, input, expected) => {
  expect(render(template, input)).toBe(expected);
});

test.each([
  "$util.escapeJavaScript('x')",
  "#set($a = 1)",
  "$context.unknown",
  "$input.json('$..a')",
  "$!input.body",
])("%s is refused rather than misread", (template) => {
  expect(() => render(template, {})).toThrow("does not understand");
});
