import type { LocalRoute } from "../contracts.ts";
import { serveAsset } from "./assets.ts";
import { showHome } from "./home-page.ts";

/** The stack's own pages. */
export const localRoutes: LocalRoute[] = [
  { method: "GET", path: "/", handle: showHome },
  { method: "GET", path: "/local/assets/{file}", handle: serveAsset },
];
