import type { VestibuleClient } from "./http.ts";
import type { VestibuleProblem } from "./problem.ts";
import { createAttention } from "./session/attention.ts";
import { createChannelSync } from "./session/channel-sync.ts";
import { type Environment, platform } from "./session/environment.ts";
import { keepConnected } from "./session/keep-connected.ts";
import type { Link } from "./session/link.ts";
import { createOutbox, type OutboxStore, type Posted } from "./session/outbox.ts";
import { createReadMarks } from "./session/read-marks.ts";
import { type ChannelApi, type SessionChannel, sessionChannel } from "./session/session-channel.ts";
import { createSubscribers } from "./session/subscribers.ts";
import { takeEvent } from "./session/take-events.ts";
import { type TrackedChannel, trackChannel } from "./session/tracked-channel.ts";
import { createUnreadCounts } from "./session/unread-counts.ts";
import { createUnreadRefresh } from "./session/unread-refresh.ts";
import { createWatchedPeople } from "./session/watched-people.ts";
import type { CommandAnswer, NewMessage, SessionEvent } from "./types.ts";

export type SessionApi = ChannelApi &
  Pick<VestibuleClient, "createSocketTicket" | "getMe" | "listUnread" | "postMessage" | "runCommand">;

export type SessionOptions = {
  /** Every live event as it comes; frames may repeat and reorder, and what was missed is not among them. */
  onEvents?: (events: SessionEvent[]) => void;
  /** Where posts outlive the session until they are acknowledged. */
  store?: OutboxStore;
  /** How often the channel that is looked at is asked for, whatever events tell; a minute unless told. */
  resumeEveryMs?: number;
  /** How long a frame waits for its reply; 10 s unless told. */
  replyTimeoutMs?: number;
  /** How long a post waits for a connection before it goes by HTTP; 10 s unless told. */
  httpAfterMs?: number;
  /** Another clock, net or chance than the platform's. */
  environment?: Partial<Environment>;
};

/** `ended`: closed here, or the person has lost the organization (`problem` says so where the service did). */
export type SessionState = { kind: "connecting" | "connected" | "ended"; problem?: VestibuleProblem };

/**
 * A live session of the client's person in one organization (MSG-4): it stays connected, keeps up with the channels that
 * are asked for, and posts until it is acknowledged.
 */
export function openSession(api: SessionApi, organizationId: string, options: SessionOptions = {}) {
  const { replyTimeoutMs = 10_000, resumeEveryMs = 60_000, httpAfterMs = 10_000 } = options;
  const environment: Environment = { ...platform, ...options.environment };
  const tracked = new Map<string, TrackedChannel>();
  const opened = new Map<string, SessionChannel>();
  const subscribers = createSubscribers();
  const counts = createUnreadCounts();
  let state: SessionState = { kind: "connecting" };
  let me: string | undefined;

  const link = () => keeper.link();
  const told = (channelId: string) => {
    tracked.get(channelId)?.subscribers.tell();
    subscribers.tell();
  };
  const sync = createChannelSync({ environment, api, organizationId, link });
  const marks = createReadMarks({ environment, link, onRefused: () => recount.soon() });
  const people = createWatchedPeople({ environment, link });
  const recount = createUnreadRefresh({
    environment,
    api,
    organizationId,
    onQuestion: () => {
      const before = counts.marks();
      return (list) => {
        if (counts.replace(list, before, marks.isOnItsWay)) recount.soon();
        for (const channelId of tracked.keys()) told(channelId);
        subscribers.tell();
      };
    },
  });
  const attention = createAttention({
    environment,
    link,
    resumeEveryMs,
    resume: (channelId) => {
      const channel = tracked.get(channelId);
      if (channel !== undefined) sync.want(channel);
    },
  });
  const outbox = createOutbox({
    environment,
    link,
    postByHttp: (channelId, message) => api.postMessage(organizationId, channelId, message),
    httpAfterMs,
    store: options.store,
    onChange: told,
    onSignedOut: (problem) => end(problem),
    onPosted: ({ message }: Posted) => {
      const { channelId, seq } = message;
      if (counts.posted(message, false)) recount.soon();
      const channel = tracked.get(channelId);
      channel?.log.addPosted({ type: "message.posted", channelId, seq, message });
      if (channel?.log.isBehind() === true) sync.nudge(channel);
    },
  });

  function end(problem?: VestibuleProblem): void {
    if (state.kind === "ended") return;
    state = { kind: "ended", ...(problem !== undefined && { problem }) };
    keeper.stop();
    recount.stop();
    marks.stop();
    attention.stop();
    people.stop();
    for (const channel of tracked.values()) {
      sync.forget(channel);
      channel.typists.clear();
    }
    outbox.close(problem ?? new Error("The session is closed."));
    subscribers.tell();
  }

  function connected(_link: Link): void {
    state = { kind: "connected" };
    outbox.connected();
    marks.flush();
    attention.connected();
    people.connected();
    recount.now();
    for (const channel of tracked.values()) sync.want(channel);
    subscribers.tell();
  }

  function take(events: SessionEvent[]): void {
    for (const event of events) {
      takeEvent(
        {
          environment,
          me: () => me,
          channels: tracked,
          counts,
          sync,
          recount: recount.soon,
          takeStatuses: ({ statuses }) => people.take(statuses),
          onRevoked: () => end(),
        },
        event,
      );
    }
    subscribers.tell();
    options.onEvents?.(events);
  }

  const keeper = keepConnected<SessionEvent>({
    environment,
    replyTimeoutMs,
    address: async () => {
      me ??= (await api.getMe()).userId;
      return (await api.createSocketTicket(organizationId)).url;
    },
    onEvents: take,
    onLink: connected,
    onLost: () => {
      state = { kind: "connecting" };
      subscribers.tell();
    },
    onRefused: end,
  });
  keeper.open();
  void outbox.restore();

  return {
    state: () => state,
    /** Told of the session's state and of every channel's counts. */
    subscribe: subscribers.subscribe,
    /** MSG-11: what is unread in a channel, whether it is opened or not. */
    counts: (channelId: string) => counts.of(channelId),
    countedChannels: () => counts.channelIds(),

    /** A channel to keep up with from now on; the same one each time. */
    channel(channelId: string): SessionChannel {
      const known = opened.get(channelId);
      if (known !== undefined) return known;
      const channel = trackChannel(environment, channelId);
      const read = (_: string, seq: number) => {
        counts.read(channelId, seq);
        told(channelId);
        marks.read(channelId, seq);
      };
      const deps = { api, organizationId, link, counts, sync, outbox, read };
      const one = sessionChannel(deps, channel);
      tracked.set(channelId, channel);
      opened.set(channelId, one);
      if (state.kind !== "ended") sync.want(channel);
      return one;
    },
    /** Keeps up with it no longer. */
    forget(channelId: string): void {
      const channel = tracked.get(channelId);
      if (channel === undefined) return;
      tracked.delete(channelId);
      opened.delete(channelId);
      channel.typists.clear();
      sync.forget(channel);
    },
    /** The channel before one's eyes, or none: who is typing there is told, and what was lost on the way is found. */
    look: (channelId: string | null): void => attention.look(channelId),

    post: (channelId: string, message: NewMessage): Promise<Posted> => outbox.post(channelId, message),
    /** MSG-13: the answer is for the author alone. */
    command: (channelId: string, text: string): Promise<CommandAnswer> =>
      api.runCommand(organizationId, channelId, {
        text,
        nonce: environment.nonce(),
        utcOffsetMinutes: environment.utcOffsetMinutes(),
      }),

    /** PRS-3: how these people are, of whom the service lets one see that. */
    watch: people.watch,
    statusOf: people.of,
    onStatuses: people.subscribe,

    /** Asks for everything that is kept up with: after a device has slept, for one. */
    refresh(): void {
      if (state.kind === "ended") return;
      keeper.wake();
      recount.now();
      for (const channel of tracked.values()) sync.want(channel);
    },
    close: (): void => end(),
  };
}

export type Session = ReturnType<typeof openSession>;
