export type CallState = "ringing" | "running" | "ended";

/** CALL-3: how somebody stands to a call. */
export type Participant = {
  userId: string;
  name: string;
  state: "ringing" | "accepted" | "declined" | "missed" | "left";
};

/** A call as the message that tells of it shows it. */
export type ShownCall = {
  callId: string;
  state: CallState;
  url: string;
  startedAt: string;
  endedAt?: string;
  participants: Participant[];
};

/** A call; `warning` is `many-people` where it was started in a channel of more than 7 (CALL-4). */
export type Call = {
  id: string;
  channelId: string;
  url: string;
  startedBy: string;
  startedAt: string;
  endedAt?: string;
  state: CallState;
  participants: Participant[];
  /** Of the message that tells of it. */
  seq: number;
  warning?: string;
};
