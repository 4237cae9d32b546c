import { openSession, type SessionOptions } from "@vestibule/client/session";
import type { ChannelView } from "@vestibule/client/session/session-channel";
import type { SessionEvent } from "@vestibule/client/types";
import type { Person } from "./person.ts";
import { until } from "./until.ts";

/** Somebody's session of the client library, as a chat page has it, with every event that came. */
export async function sessionOf(who: Person, org: string, options: SessionOptions = {}) {
  const events: SessionEvent[] = [];
  const session = openSession(who.client, org, { ...options, onEvents: (more) => void events.push(...more) });
  await until("a connected session", () => session.state().kind === "connected");
  return {
    ...session,
    events,
    /** A channel as they see it, once it fits. */
    sees: async (channelId: string, what: string, fits: (view: ChannelView) => boolean) => {
      const channel = session.channel(channelId);
      return await until(`${what} at ${who.email}`, () => {
        const view = channel.view();
        return view.isLoaded && fits(view) && view;
      });
    },
  };
}
