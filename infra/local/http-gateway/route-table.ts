type Route = { method: string; path: string };
export type RouteMatch<R> = { route: R; parameters: Record<string, string> };
export type RouteTable<R> = (method: string, segments: string[]) => RouteMatch<R> | undefined;

type Piece = { kind: "literal" | "parameter" | "rest"; name: string };
type Compiled<R> = { route: R; pieces: Piece[] | undefined };

const pieceRank = { literal: 0, parameter: 1, rest: 2 } as const;

/**
 * Routes as API Gateway picks them: a full match before a greedy one before `$default`, literals before parameters,
 * a named method before `ANY`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function createRouteTable<R extends Route>(routes: readonly R[]): RouteTable<R> {
  const compiled = routes.map(compile).sort(bySpecificity);
  return (method, segments) => {
    for (const { route, pieces } of compiled) {
      if (route.method !== "ANY" && route.method !== method) continue;
      const parameters = pieces ? matchPieces(pieces, segments) : {};
      if (parameters) return { route, parameters };
    }
    return undefined;
  };
}

function compile<R extends Route>(route: R): Compiled<R> {
  if (route.path === "$default") return { route, pieces: undefined };
  return { route, pieces: route.path.slice(1).split("/").map(pieceOf) };
}

function pieceOf(text: string): Piece {
  const name = /^\{([^}+]+)(\+?)\}$/.exec(text);
  if (!name) return { kind: "literal", name: text };
  return { kind: name[2] ? "rest" : "parameter", name: name[1] ?? "" };
}

function bySpecificity<R extends Route>(a: Compiled<R>, b: Compiled<R>): number {
  if (!a.pieces || !b.pieces) return Number(!a.pieces) - Number(!b.pieces);
  for (const [index, piece] of a.pieces.entries()) {
    const other = b.pieces[index];
    if (!other) break;
    const difference = pieceRank[piece.kind] - pieceRank[other.kind];
    if (difference !== 0) return difference;
  }
  if (a.pieces.length !== b.pieces.length) return b.pieces.length - a.pieces.length;
  return Number(a.route.method === "ANY") - Number(b.route.method === "ANY");
}

function matchPieces(pieces: Piece[], segments: string[]): Record<string, string> | undefined {
  const found: [string, string][] = [];
  for (const [index, piece] of pieces.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (piece.kind === "literal" && segment !== piece.name) return undefined;
    if (piece.kind !== "literal" && segment === "") return undefined;
    if (piece.kind === "rest") {
      found.push([piece.name, segments.slice(index).join("/")]);
      return Object.fromEntries(found);
    }
    if (piece.kind === "parameter") found.push([piece.name, segment]);
  }
  return pieces.length === segments.length ? Object.fromEntries(found) : undefined;
}
