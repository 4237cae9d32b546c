import type { LiveEvent } from "../../../functions/realtime/event-contract.ts";
import { GENERAL } from "../message/people.ts";

/** A posted message as an event, with a text of the given length. */
export function posted(seq: number, text = "hello", nonce?: string): LiveEvent {
  return {
    type: "message.posted",
    channelId: GENERAL,
    seq,
    message: {
      id: `msg_${seq}`,
      channelId: GENERAL,
      seq,
      author: { userId: "usr_a", name: "Ann", kind: "member" },
      text,
      ...(nonce === undefined ? {} : { nonce }),
      createdAt: "2026-11-22T10:00:00.000Z",
      pinned: false,
      reactions: [],
    },
  };
}

/** The organization's figures as an event. */
export function usage(members: number): LiveEvent {
  const seats = { limit: null, held: members, reserved: 0, available: null, overLimit: 0 };
  const figures = { members, seats, guests: 0, pendingGuests: 0, pendingMembers: 0, guestLimit: null };
  return { type: "usage.changed", usage: { ...figures, publicChannels: 1, privateChannels: 0 } };
}
