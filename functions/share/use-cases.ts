import { type Implementation, implement } from "../shell/route.ts";
import { toThoseWhoMay } from "../shell/standing.ts";
import { updateGroupShare, updateShare, updateShareInvitation } from "./change-shares.ts";
import {
  createMailAddressRoute,
  deleteMailAddressRoute,
  giveUpMailAddressRoute,
  listMailAddressesRoute,
  listSharesRoute,
  myMailAddressesRoute,
  removeGroupShareRoute,
  removeShareRoute,
  shareRoute,
  updateGroupShareRoute,
  updateShareInvitationRoute,
  updateShareRoute,
} from "./contract.ts";
import { createMailAddress } from "./create-mail-address.ts";
import { deleteMailAddress } from "./delete-mail-address.ts";
import { readMailAddresses } from "./list-mail-addresses.ts";
import { listShares } from "./list-shares.ts";
import { listMyMailAddresses } from "./my-mail-addresses.ts";
import { giveUpMailAddress, removeGroupShare, removeShare } from "./remove-shares.ts";
import { replayShare, share } from "./share.ts";
import type { ShareDependencies } from "./share-by-invitation.ts";

/** What the `share` function does, route by route. */
export function shareUseCases(deps: ShareDependencies): Implementation[] {
  const { table } = deps;
  return [
    implement(listMailAddressesRoute, (request) => readMailAddresses(table, request)),
    implement(
      createMailAddressRoute,
      (request) => createMailAddress(table, request),
      toThoseWhoMay(table, "mail-address.create"),
    ),
    implement(deleteMailAddressRoute, (request) => deleteMailAddress(table, request)),
    implement(listSharesRoute, (request) => listShares(table, request)),
    implement(shareRoute, (request) => share(deps, request), replayShare(deps)),
    implement(updateShareRoute, (request) => updateShare(table, request)),
    implement(removeShareRoute, (request) => removeShare(table, request)),
    implement(updateGroupShareRoute, (request) => updateGroupShare(table, request)),
    implement(removeGroupShareRoute, (request) => removeGroupShare(table, request)),
    implement(updateShareInvitationRoute, (request) => updateShareInvitation(table, request)),
    implement(myMailAddressesRoute, (request) => listMyMailAddresses(table, request)),
    implement(giveUpMailAddressRoute, (request) => giveUpMailAddress(table, request)),
  ];
}
