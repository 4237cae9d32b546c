import { describe, expect, test } from "vitest";
import { createRouteTable } from "../../../infra/local/http-gateway/route-table.ts";

const table = createRouteTable([
  { method: "ANY", path: "$default" },
  { method: "GET", path: "/files/{rest+}" },
  { method: "GET", path: "/pets/{pet}" },
  { method: "GET", path: "/pets/dog" },
  { method: "ANY", path: "/pets/{pet}" },
  { method: "POST", path: "/pets/{pet}/toys/{toy}" },
]);
const match = (method: string, path: string) => table(method, path.slice(1).split("/"));

describe("routes as API Gateway picks them", () => {
  test.each([
    ["GET", "/pets/dog", "GET /pets/dog"],
    ["GET", "/pets/cat", "GET /pets/{pet}"],
    ["PUT", "/pets/dog", "ANY /pets/{pet}"],
    ["GET", "/files/a/b", "GET /files/{rest+}"],
    ["GET", "/files", "ANY $default"],
    ["GET", "/pets/", "ANY $default"],
    ["GET", "/pets/dog/", "ANY $default"],
    ["POST", "/files/a", "ANY $default"],
    ["GET", "/pets//toys/1", "ANY $default"],
  ])("%s %s goes to %s", (method, path, expected) => {
    const route = match(method, path)?.route;
    expect(`${route?.method} ${route?.path}`).toBe(expected);
  });

  test("parameters are the segments, and a greedy one is all that is left", () => {
    expect(match("POST", "/pets/a b/toys/ü")?.parameters).toEqual({ pet: "a b", toy: "ü" });
    expect(match("GET", "/files/a/b/c")?.parameters).toEqual({ rest: "a/b/c" });
  });

  test("without $default nothing fits", () => {
    expect(createRouteTable([{ method: "GET", path: "/a" }])("POST", ["a"])).toBeUndefined();
  });
});
