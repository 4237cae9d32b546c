import { firstDenial } from "@vestibule/domain/decision";
import { type Action, permit } from "@vestibule/domain/permissions";
import { presentMe } from "../contract/channel.ts";
import { keyOf, loadChannelFacts } from "../membership/channel-relation.ts";
import { markRead, markReadDeps } from "../message/mark-read.ts";
import type { Answer, Request } from "../shell/route.ts";
import { untilSettled } from "../shell/settle.ts";
import { demand } from "../shell/standing.ts";
import { setLiveGeneral } from "../table/live-general.ts";
import { membershipItem } from "../table/memberships.ts";
import { type MyFlags, myFlagsWrites } from "../table/my-channel.ts";
import type { Table } from "../table/table.ts";
import { ConditionsFailed, transact } from "../table/transaction.ts";
import type { updateMyChannelRoute } from "./contract.ts";

type MyRequest = Request<typeof updateMyChannelRoute>;

const ACTIONS = {
  favourite: "channel.set-favourite",
  muted: "channel.mute",
  level: "channel.mute",
  lastReadSeq: "channel.mark-read",
} as const satisfies Record<keyof MyRequest["body"], Action>;

function actionsIn(body: MyRequest["body"]): Action[] {
  const { favourite, muted, level, lastReadSeq } = body;
  return [
    ...(favourite === undefined ? [] : [ACTIONS.favourite]),
    ...(muted === undefined ? [] : [ACTIONS.muted]),
    ...(level === undefined ? [] : [ACTIONS.level]),
    ...(lastReadSeq === undefined ? [] : [ACTIONS.lastReadSeq]),
  ];
}

function flagsIn({ favourite, muted, level }: MyRequest["body"]): MyFlags {
  return {
    ...(favourite === undefined ? {} : { isFavourite: favourite }),
    ...(muted === undefined ? {} : { isMuted: muted }),
    ...(level === undefined ? {} : { level }),
  };
}

/** Decides, and sets the flags where the person is still in the channel when they are written. */
async function setMine(table: Table, request: MyRequest) {
  const { params, person, body, now } = request;
  const where = { org: params.org, channelId: params.chn, userId: person.userId, now };
  const flags = flagsIn(body);
  return await untilSettled(async () => {
    const { standing, relation, channel, row, membership } = await loadChannelFacts(table, where);
    const facts = { standing, relation, channelType: channel.type };
    demand(firstDenial(...actionsIn(body).map((action) => permit(action, facts))));
    const mine = { relation, row: { ...(row ?? membershipItem.parse({})), ...flags } };
    const shown = presentMe(mine, channel.type);
    if (Object.keys(flags).length === 0) return shown;
    try {
      await transact(table, myFlagsWrites(keyOf(where), person.userId, flags, membership));
      const isTold = flags.isMuted !== undefined || flags.level !== undefined;
      // A member in General: everybody else's line was written with their row.
      if (isTold && membership === undefined)
        await setLiveGeneral(table, params.org, person.userId, mine.row);
      return shown;
    } catch (error) {
      if (error instanceof ConditionsFailed) return "again";
      throw error;
    }
  });
}

/** CH-11: a mark ahead of the channel refuses the whole request, so it comes first. */
async function markFirst(table: Table, { params, person, body }: MyRequest): Promise<void> {
  if (body.lastReadSeq === undefined) return;
  await markRead(markReadDeps(table), {
    organizationId: params.org,
    channelId: params.chn,
    userId: person.userId,
    seq: body.lastReadSeq,
    field: "lastReadSeq",
  });
}

/** CH-11, PRS-4, GST-3, GST-4: favourite, mute, level, last-read position of one channel; what is left out stays. */
export async function updateMyChannel(table: Table, request: MyRequest): Promise<Answer> {
  await markFirst(table, request);
  return { status: 200, body: await setMine(table, request) };
}
