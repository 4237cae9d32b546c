/** The ways from one part of the page to another; the room knows them all. */
export type Ways = {
  openChannel: (channelId: string) => Promise<void>;
  openThread: (channelId: string, root: number) => Promise<void>;
  /** Shows a message where it was written. */
  jumpTo: (channelId: string, seq: number) => Promise<void>;
  /** Shows the newest messages. */
  toEnd: () => void;
  closeSide: () => void;
  /** Something is other than it was: everything that is shown of it is to be drawn again. */
  redraw: () => void;
};

let ways: Ways | undefined;

export function setWays(known: Ways): void {
  ways = known;
}

/** @throws before there is a room */
export function go(): Ways {
  if (ways === undefined) throw new Error("there is no room yet");
  return ways;
}
