import { permit } from "@vestibule/domain/permissions";
import type { StatusChange } from "@vestibule/domain/status";
import type * as z from "zod";
import { type StatusShape, statusChangeOf } from "../contract/status.ts";
import type { PlaceDeps } from "../message/channel-relation.ts";
import type { clientFrames, Reply } from "../realtime/contract.ts";
import { isUserId } from "../shell/ids.ts";
import { demand } from "../shell/standing.ts";
import type { OwnConnection } from "../table/looking.ts";
import { standingAt } from "../table/person-records.ts";

/** What setting one's status and watching others' needs. */
export type StatusFrameDeps = Pick<PlaceDeps, "person" | "now"> & {
  setStatus(organizationId: string, userId: string, change: StatusChange): Promise<StatusShape>;
  /** Whom of these people somebody may know of (GST-16). */
  seenBy(organizationId: string, viewerId: string, userIds: readonly string[]): Promise<ReadonlySet<string>>;
  statusesOf(organizationId: string, userIds: readonly string[]): Promise<StatusShape[]>;
  watchPeople(connection: OwnConnection, userIds: readonly string[], now: number): Promise<void>;
};

/**
 * PRS-3, GST-16: from now on this connection is told how these people are, and no others; whoever does not exist to the
 * one who asks is left out. It is noted before they are read, so that no change falls between the two.
 */
async function watch(
  deps: StatusFrameDeps,
  { organizationId, userId, connectionId }: OwnConnection,
  asked: readonly string[],
): Promise<StatusShape[]> {
  const person = await deps.person(organizationId, userId);
  demand(permit("status.read", { standing: standingAt(person, deps.now()) }));
  const known = [...new Set(asked)].filter(isUserId);
  const seen = known.length === 0 ? new Set() : await deps.seenBy(organizationId, userId, known);
  const watched = known.filter((id) => seen.has(id));
  await deps.watchPeople({ organizationId, userId, connectionId }, watched, deps.now());
  return watched.length === 0 ? [] : await deps.statusesOf(organizationId, watched);
}

/** PRS-1…3: sets one's own status as by HTTP, and whom this connection watches. */
export async function serveStatus(
  deps: StatusFrameDeps,
  sender: OwnConnection,
  { watch: watched, presence, custom, until }: z.output<typeof clientFrames.status>,
): Promise<Reply<"status">> {
  const isSet = presence !== undefined || custom !== undefined || until !== undefined;
  const change = statusChangeOf({ presence, custom, until });
  const { organizationId, userId } = sender;
  const status = isSet ? await deps.setStatus(organizationId, userId, change) : undefined;
  const statuses = watched === undefined ? undefined : await watch(deps, sender, watched);
  return { ...(status === undefined ? {} : { status }), ...(statuses === undefined ? {} : { statuses }) };
}
