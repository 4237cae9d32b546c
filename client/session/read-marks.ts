import { type Link, LinkLost } from "./link.ts";

/** CH-11, MSG-11: how far one has read, told until the service knows it; the latest mark is enough. */
export function createReadMarks(link: () => Link | undefined) {
  const wanted = new Map<string, number>();
  const onTheirWay = new Set<string>();

  async function send(channelId: string, seq: number, over: Link): Promise<void> {
    onTheirWay.add(channelId);
    let isLost = false;
    try {
      await over.request("read", { channelId, seq });
    } catch (error) {
      isLost = error instanceof LinkLost;
    }
    onTheirWay.delete(channelId);
    // A refusal is not repeated: the next mark says more.
    if (!isLost && wanted.get(channelId) === seq) wanted.delete(channelId);
    flush();
  }

  function flush(): void {
    const over = link();
    if (over?.isOpen() !== true) return;
    for (const [channelId, seq] of wanted) {
      if (!onTheirWay.has(channelId)) void send(channelId, seq, over);
    }
  }

  return {
    flush,
    read(channelId: string, seq: number): void {
      wanted.set(channelId, Math.max(seq, wanted.get(channelId) ?? 0));
      flush();
    },
  };
}
