import { openSession } from "@vestibule/client/session";
import type { Me } from "@vestibule/client/types";
import { wear } from "../brand.ts";
import { during } from "../render.ts";
import { remember } from "../session.ts";
import { hear, refreshChannels } from "./hear.ts";
import { openKept } from "./kept.ts";
import { say } from "./language.ts";
import { learnNames, openNames, readChannels } from "./people-names.ts";
import { showRoom } from "./room.ts";
import { service } from "./service.ts";
import { outboxStore } from "./unsent.ts";
import { showRefused } from "./way-in.ts";
import { byAction, place, setPlace } from "./workplace.ts";

function keepOrganization(org: string): void {
  remember("organization", org);
  const address = new URL(location.href);
  address.searchParams.delete("choose");
  address.searchParams.set("org", org);
  history.replaceState(null, "", address);
}

/** Reads the channels again whenever a connection took a lost one's place: what happened meanwhile was not told. */
function refreshWhenBack(): void {
  const { session } = place();
  let wasConnected = true;
  session.subscribe(() => {
    const isConnected = session.state().kind === "connected";
    if (isConnected && !wasConnected) void refreshChannels();
    wasConnected = isConnected;
  });
}

async function enter(me: Me, org: string): Promise<void> {
  const kind = me.organizations.find(({ id }) => id === org);
  const isGuest = kind?.kind === "guest";
  // A guest sees nothing of the organization but its name (GST-13).
  const [permissions, organization] = await Promise.all([
    service.listPermissions(org),
    isGuest ? undefined : service.getOrganization(org),
  ]);
  const name = organization?.name ?? kind?.name ?? "";
  keepOrganization(org);
  openKept(`${me.userId}@${org}`);
  const brand = organization?.settings.brand;
  wear({ name, ...(brand?.isOn === true && { brand }) });
  setPlace({
    org,
    name,
    me,
    isGuest,
    permissions: byAction(permissions.items),
    session: openSession(service, org, { store: outboxStore, onEvents: hear }),
    channels: new Map(),
    channelPermissions: new Map(),
    people: openNames(),
  });
  await readChannels();
  await learnNames(place().channels.values());
}

/** Opens an organization: what one may there, one's channels, and then live what happens. */
export async function openOrganization(me: Me, org: string): Promise<void> {
  try {
    await during(say().opening, () => enter(me, org));
  } catch (error) {
    return showRefused(error, () => openOrganization(me, org));
  }
  await showRoom();
  refreshWhenBack();
}
