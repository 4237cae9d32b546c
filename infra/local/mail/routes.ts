import type { LocalRoute } from "../contracts.ts";
import { showMailbox } from "./mailbox-page.ts";
import { clearMails, listMails } from "./mailbox-routes.ts";
import { handleSesCall } from "./ses-endpoint.ts";

/** SES's API, where `AWS_ENDPOINT_URL_SES` points to, and the mailbox it fills. */
export const localRoutes: LocalRoute[] = [
  { method: "POST", path: "/_ses", handle: handleSesCall },
  // The SDK adds a slash of its own to an endpoint with a path.
  { method: "POST", path: "/_ses/", handle: handleSesCall },
  { method: "GET", path: "/local/mailbox", handle: listMails },
  { method: "DELETE", path: "/local/mailbox", handle: clearMails },
  { method: "GET", path: "/local/mailbox/view", handle: showMailbox },
];
