import { expect } from "vitest";
import { deleteOldMessages } from "../../../../functions/sweep/delete-old-messages.ts";
import { endCalls } from "../../../../functions/sweep/end-calls.ts";
import { keys } from "../../../../functions/table/keys.ts";
import type { TestPerson } from "../../../functions/shell/caller.ts";
import { DAY_MS, type KillableWorld, MINUTE_MS } from "./killable-world.ts";
import { soundChannel } from "./sound-channel.ts";
import { type Act, type Attempt, idempotencyKey, quietly } from "./strike.ts";

const MESSAGES = "/channels/{chn}/messages";

/** A channel with Ada and Bea in it, and what is done there by whom. */
async function talk(w: KillableWorld) {
  const chn = await w.channel();
  await w.puts(w.bea, chn);
  const ask = async (as: TestPerson, act: string, body?: object, params: object = {}) =>
    await w.must(w.ask(act, { as, params: { chn, ...params }, ...(body === undefined ? {} : { body }) }));
  const post = async (as: TestPerson, text: string, more: object = {}): Promise<string> =>
    String((await ask(as, `POST ${MESSAGES}`, { text, nonce: w.fresh("nonce"), ...more })).body.seq);
  const stored = async (seq: string) => await w.item(keys.message(w.org, chn, Number(seq)));
  return { chn, ask, post, stored };
}

type Talk = Awaited<ReturnType<typeof talk>>;

/** A request of Bea's about a message that she has just posted, or about what was prepared. */
type Terms = {
  readonly act: string;
  readonly as?: "ada" | "bea";
  readonly body?: (w: KillableWorld) => object;
  readonly params?: object;
  /** What is there before, about a message of Bea's. */
  readonly before?: (t: Talk, w: KillableWorld, seq: string) => Promise<unknown>;
  readonly alreadyDone?: number;
  readonly check: (t: Talk, w: KillableWorld, seq: string) => Promise<void>;
};

/** Something that is done to, or about, a message. */
function about({ act, as = "bea", body, params, before, alreadyDone, check }: Terms): Act {
  return async (w) => {
    const t = await talk(w);
    return async () => {
      const seq = await t.post(w.bea, "as it was");
      await before?.(t, w, seq);
      const given = { as: w[as], params: { chn: t.chn, seq, ...params } };
      const whole = body === undefined ? given : { ...given, body: body(w) };
      const withRoot =
        act === `POST ${MESSAGES}`
          ? { ...whole, body: { ...Object(whole).body, replyTo: Number(seq) } }
          : whole;
      return {
        run: async (life) => await w.ask(act, withRoot, life),
        ...(alreadyDone === undefined ? {} : { alreadyDone }),
        check: async () => {
          await check(t, w, seq);
          await soundChannel(w, t.chn);
        },
      } satisfies Attempt;
    };
  };
}

const MESSAGE = `${MESSAGES}/{seq}`;
const EMOJI = { emoji: "👍" };

const fillUp = async (t: Talk, w: KillableWorld, seq: string) => {
  await t.ask(w.bea, `PATCH ${MESSAGE}`, { text: "edited" }, { seq });
  for (const who of [w.ada, w.bea])
    await t.ask(who, `PUT ${MESSAGE}/reactions/{emoji}`, undefined, { seq, ...EMOJI });
  await t.ask(w.ada, `PUT ${MESSAGE}/pin`, undefined, { seq });
  await t.post(w.ada, "a reply", { replyTo: Number(seq) });
};

export const replying = about({
  act: `POST ${MESSAGES}`,
  as: "ada",
  body: (w) => ({ text: "a reply", nonce: w.fresh("reply") }),
  check: async (t, w, seq) => {
    expect(await t.stored(seq)).toMatchObject({ thread: { replies: 1 } });
    const follows = await w.rows(keys.person(w.org, w.bea.userId));
    expect(
      follows.filter(({ sk }) => sk.startsWith(`THREAD#${t.chn}#`) && sk.includes(seq.padStart(12, "0"))),
    ).toHaveLength(1);
  },
});

export const editing = about({
  act: `PATCH ${MESSAGE}`,
  body: () => ({ text: "as it is" }),
  check: async (t, _, seq) => expect(await t.stored(seq)).toMatchObject({ text: "as it is", edits: 1 }),
});

export const deleting = about({
  act: `DELETE ${MESSAGE}`,
  before: fillUp,
  check: async (t, _, seq) => {
    const message = await t.stored(seq);
    expect(message).toMatchObject({ isDeleted: true, text: "" });
    for (const name of ["reactions", "pinnedAt", "edits"]) expect(message).not.toHaveProperty(name);
  },
});

export const reacting = about({
  act: `PUT ${MESSAGE}/reactions/{emoji}`,
  params: EMOJI,
  before: async (t, w, seq) =>
    await t.ask(w.ada, `PUT ${MESSAGE}/reactions/{emoji}`, undefined, { seq, ...EMOJI }),
  check: async (t, _, seq) =>
    expect(await t.stored(seq)).toMatchObject({ reactions: { "👍": { count: 2 } } }),
});

export const unreacting = about({
  act: `DELETE ${MESSAGE}/reactions/{emoji}`,
  params: EMOJI,
  before: fillUp,
  check: async (t, _, seq) =>
    expect(await t.stored(seq)).toMatchObject({ reactions: { "👍": { count: 1 } } }),
});

export const pinning = about({
  act: `PUT ${MESSAGE}/pin`,
  check: async (t, w, seq) => expect(await t.stored(seq)).toMatchObject({ pinnedBy: w.bea.userId }),
});

export const unpinning = about({
  act: `DELETE ${MESSAGE}/pin`,
  before: fillUp,
  check: async (t, _, seq) => expect(await t.stored(seq)).not.toHaveProperty("pinnedAt"),
});

export const following = about({
  act: `PUT ${MESSAGE}/follow`,
  as: "ada",
  body: () => ({ lastReadSeq: 1 }),
  check: async (t, w, seq) =>
    expect(await w.item(keys.personThread(w.org, w.ada.userId, t.chn, Number(seq)))).toMatchObject({
      isFollowing: true,
    }),
});

/** MSG-10, MSG-11: by name and as the whole channel. */
export const mentioning: Act = async (w) => async () => {
  const t = await talk(w);
  const handle = (await w.item(keys.member(w.org, w.bea.userId)))?.["handle"];
  const body = { text: `@${handle} and @channel`, nonce: w.fresh("mention") };
  return {
    run: async (life) => await w.ask(`POST ${MESSAGES}`, { params: { chn: t.chn }, body }, life),
    check: async () => {
      await soundChannel(w, t.chn);
      const { body: told } = await w.must(w.ask("GET /unread", { as: w.bea }));
      const here = told.items.find(({ channelId }: { channelId: string }) => channelId === t.chn);
      expect(here).toMatchObject({ mentions: 1 });
    },
  };
};

export const marking: Act = async (w) => async () => {
  const t = await talk(w);
  const body = { lastReadSeq: Number(await t.post(w.ada, "to be read")) };
  return {
    run: async (life) =>
      await w.ask("PUT /channels/{chn}/me", { as: w.bea, params: { chn: t.chn }, body }, life),
    check: async () =>
      expect(await w.item(keys.personChannel(w.org, w.bea.userId, t.chn))).toMatchObject(body),
  };
};

export const settingStatus: Act = async (w) => async () => {
  const custom = { emoji: "🌴", text: w.fresh("away") };
  return {
    run: async (life) =>
      await w.ask("PUT /me/status", { as: w.bea, body: { presence: "dnd", custom } }, life),
    check: async () =>
      expect(await w.item(keys.status(w.org, w.bea.userId))).toMatchObject({ manual: "dnd", custom }),
  };
};

/** MSG-13: what is told of it in the channel is told once. */
export const commanding: Act = async (w) => async () => {
  const t = await talk(w);
  const name = w.fresh("renamed");
  const body = { text: `/rename ${name}`, nonce: w.fresh("command") };
  return {
    run: async (life) => await w.ask("POST /channels/{chn}/commands", { params: { chn: t.chn }, body }, life),
    check: async ({ body: told }) => {
      expect(told).toMatchObject({ command: "rename" });
      expect(await w.item(keys.channel(w.org, t.chn))).toMatchObject({ name });
      const renamed = (await w.told(t.chn)).filter((one) => Object(one).kind === "renamed");
      expect(renamed.length).toBeLessThanOrEqual(1);
      await soundChannel(w, t.chn);
    },
  };
};

type CallTerms = {
  /** Who has come before. */
  readonly comers?: readonly ("ada" | "bea")[];
  readonly act: "start" | "accept" | "leave" | "end";
  readonly as: "ada" | "bea";
  readonly state: "running" | "ended";
  /** Whose status is the call's in the end. */
  readonly inIt: readonly ("ada" | "bea")[];
};

/** CALL-1, CALL-3, CALL-5: one call, one message, told once that it began and once that it ended, and whose status it is. */
export function calling({ comers = [], act, as, state, inIt }: CallTerms): Act {
  return async (w) => async () => {
    const t = await talk(w);
    const headers = idempotencyKey();
    const start = { params: { chn: t.chn }, headers };
    let id = "";
    if (act !== "start") {
      id = (await w.must(w.ask("POST /channels/{chn}/calls", start))).body.id;
      for (const who of comers)
        await w.must(w.ask("POST /calls/{call}/accept", { as: w[who], params: { call: id } }));
    }
    const run: Attempt["run"] = async (life) =>
      act === "start"
        ? await w.ask("POST /channels/{chn}/calls", start, life)
        : await w.ask(`POST /calls/{call}/${act}`, { as: w[as], params: { call: id } }, life);
    return {
      run,
      check: async ({ body }) => {
        await endCalls(w.table, Date.now(), () => true);
        const call = await w.item(keys.call(w.org, body.id));
        expect(call).toMatchObject({ state });
        const pointer = await w.item(keys.channelCall(w.org, t.chn));
        expect(pointer === undefined).toBe(state === "ended");
        const messages = await soundChannel(w, t.chn);
        const shown = messages.filter((message) => message["call"] !== undefined);
        expect(shown.map(({ call: of }) => [of.callId, of.state])).toEqual([[body.id, state]]);
        const told = messages.flatMap(({ system, replyTo }) => (replyTo === undefined ? [] : system?.kind));
        expect(told).toEqual(state === "ended" ? ["call-started", "call-ended"] : ["call-started"]);
        for (const who of ["ada", "bea"] as const) {
          const status = await w.item(keys.status(w.org, w[who].userId));
          const inCall = expect.objectContaining({ callIds: expect.arrayContaining([body.id]) });
          if (inIt.includes(who)) expect(status, who).toEqual(inCall);
          else expect(status, who).not.toEqual(inCall);
        }
      },
    };
  };
}

/** SEAT-7: a channel whose first half is past the plan's time goes up to there, with all that belongs to it. */
export const retaining: Act = async (w) => {
  await w.must(
    w.ask("PATCH ", {
      body: { plan: "essential", limits: { seats: 5_000, guests: 5_000, privateChannels: null } },
    }),
  );
  return async () => {
    const t = await talk(w);
    const old = await t.post(w.bea, "old");
    await fillUp(t, w, old);
    w.advance(366 * DAY_MS);
    await t.post(w.bea, "young");
    return {
      run: async ({ table }) => {
        await quietly(deleteOldMessages(table, Date.now(), () => true));
        return undefined;
      },
      check: async () => {
        const messages = await soundChannel(w, t.chn);
        expect(messages.filter(({ text }) => text !== "")).toMatchObject([{ text: "young" }]);
        expect(await w.rows(keys.thread(w.org, t.chn, Number(old)))).toEqual([]);
        w.advance(MINUTE_MS);
      },
    };
  };
};
