import type { VestibuleClient } from "./http.ts";
import { platform } from "./session/environment.ts";
import { openLink } from "./session/link.ts";
import type { Posted } from "./session/outbox.ts";
import type { NewMessage, Resumed, VestibuleEvent } from "./types.ts";

export type SocketOptions = {
  onEvents?: (events: VestibuleEvent[]) => void;
  /** Called once, when the connection is gone for whatever reason. */
  onClose?: (code: number) => void;
  /** How long a frame waits for its reply; 10 s unless told. */
  replyTimeoutMs?: number;
};

/**
 * Opens one live connection for the client's person in one organization. It stays until either side closes it: what
 * comes back by itself and keeps what it knows is a session (`session.ts`).
 */
export async function openSocket(
  client: Pick<VestibuleClient, "createSocketTicket">,
  organizationId: string,
  { onEvents, onClose, replyTimeoutMs = 10_000 }: SocketOptions = {},
) {
  const { url } = await client.createSocketTicket(organizationId);
  const gone = Promise.withResolvers<void>();
  const link = await openLink<VestibuleEvent>(platform, url, {
    onEvents,
    onClose(code) {
      onClose?.(code);
      gone.resolve();
    },
    replyTimeoutMs,
  });

  return {
    post: (channelId: string, message: NewMessage) =>
      link.request<Posted>("post", {
        channelId,
        nonce: crypto.randomUUID(),
        ...message,
      }),
    read: (channelId: string, seq: number) =>
      link.request<{ channelId: string; lastReadSeq: number }>("read", { channelId, seq }),
    /** What was missed in each channel since the given `seq`, and with `since` what was changed. */
    resume: (channels: Record<string, number>, since?: string) =>
      link.request<Resumed>("resume", { channels, ...(since !== undefined && { since }) }),
    ping: () => link.request<unknown>("ping"),
    /** Closes the connection; resolves when it is closed. */
    close(): Promise<void> {
      link.close();
      return gone.promise;
    },
  };
}

export type VestibuleSocket = Awaited<ReturnType<typeof openSocket>>;
