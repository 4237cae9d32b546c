import { callUseCases } from "../../../functions/message/calls/use-cases.ts";
import { messageUseCases } from "../../../functions/message/use-cases.ts";
import { idempotencyStore } from "../../../functions/table/idempotency.ts";
import { keys } from "../../../functions/table/keys.ts";
import { engineWorld } from "../channel/world.ts";
import { type Answered, type Call, caller, type TestPerson } from "../shell/caller.ts";

const BASE = "/v1/organizations/{org}";

/** An organization on the engine, with the routes of its calls. */
export function callWorld() {
  const world = engineWorld();
  return async (change?: Parameters<typeof world>[0]) => {
    const w = await world(change);
    let links = 0;
    const newLink = () => {
      links += 1;
      return `https://meet.example/room-${links}`;
    };
    const call = caller(
      [...callUseCases(w.table, { newLink }), ...messageUseCases(w.table, "ws://socket")],
      idempotencyStore(w.table),
    );

    /** Starts a call, as `POST …/channels/{chn}/calls`. */
    const start = async (as: TestPerson, chn: string, given: Partial<Call> = {}): Promise<Answered> =>
      await call(`POST ${BASE}/channels/{chn}/calls`, { as, params: { org: w.org, chn }, ...given });

    /** A request about a call, as `"accept"`, `"GET messages"`, or `"GET"` for itself. */
    const act = async (
      as: TestPerson,
      id: string,
      what: string,
      given: Partial<Call> = {},
    ): Promise<Answered> => {
      const [method, path] = what.startsWith("GET") ? ["GET", what.slice(3).trim()] : ["POST", what];
      const route = `${method} ${BASE}/calls/{call}${path === "" ? "" : `/${path}`}`;
      return await call(route, { as, params: { org: w.org, call: id }, ...given });
    };

    /** A request about a channel's messages, as `"POST"`, or `"GET {seq}/thread"`. */
    const messages = async (
      as: TestPerson,
      chn: string,
      what: string,
      given: Partial<Call> = {},
    ): Promise<Answered> => {
      const [method, path] = what.split(" ");
      const route = `${method} ${BASE}/channels/{chn}/messages${path === undefined ? "" : `/${path}`}`;
      return await call(route, { as, ...given, params: { org: w.org, chn, ...given.params } });
    };

    const conversation = async (as: TestPerson, ...others: TestPerson[]): Promise<string> => {
      const body = { userIds: others.map(({ userId }) => userId) };
      return (await w.ask(as, "POST /channels/direct", undefined, { body })).body.id;
    };

    const message = async (chn: string, seq: number) => await w.item(keys.message(w.org, chn, seq));
    const status = async ({ userId }: TestPerson) => await w.item(keys.status(w.org, userId));
    /** What the system told in a call's thread. */
    const thread = async (chn: string, root: number) =>
      (await w.partition(keys.messages(w.org, chn)))
        .filter(({ replyTo }) => replyTo === root)
        .map(({ system }) => (system as { kind: string }).kind);
    return { ...w, start, act, messages, conversation, message, status, thread };
  };
}

export type CallWorld = Awaited<ReturnType<ReturnType<typeof callWorld>>>;
