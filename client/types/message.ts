export type Message = {
  id: string;
  channelId: string;
  seq: number;
  author: { userId: string; name: string; kind: string };
  text: string;
  nonce?: string;
  createdAt: string;
  editedAt?: string;
  deleted?: boolean;
  pinned: boolean;
  reactions: { emoji: string; userIds: string[] }[];
  /** Of a message that records what happened in the channel (MSG-12). */
  system?: { kind: string; actorId: string; userIds?: string[]; text?: string };
};

export type NewMessage = { text: string; nonce?: string };

export type SocketTicket = { ticket: string; url: string; expiresAt: string };

/** A live event; `message.posted` and its like carry `channelId` and `seq`. */
export type VestibuleEvent = { type: string; [field: string]: unknown };
