import type { Environment, Timer } from "./environment.ts";
import type { Link } from "./link.ts";

type AttentionDeps = {
  environment: Environment;
  link: () => Link | undefined;
  /** How often what is looked at is asked for, in case that an event of it never came. */
  resumeEveryMs: number;
  resume: (channelId: string) => void;
};

/** The channel that is looked at: the service tells who is typing there, and it is asked for now and then. */
export function createAttention({ environment, link, resumeEveryMs, resume }: AttentionDeps) {
  let looked: string | null = null;
  let told: string | null = null;
  let isTelling = false;
  let timer: Timer | undefined;
  let isStopped = false;

  /** One after the other: the service takes several in any order, and the last it hears would not be the last told. */
  function tell(): void {
    const over = link();
    if (isTelling || told === looked || over === undefined) return;
    const channelId = looked;
    told = channelId;
    isTelling = true;
    // What is lost of it is a few dots: the next connection tells again.
    over
      .request("look", { channelId })
      .catch(() => undefined)
      .finally(() => {
        isTelling = false;
        tell();
      });
  }

  function again(): void {
    timer?.cancel();
    timer = looked === null ? undefined : environment.after(resumeEveryMs, ask);
  }

  function ask(): void {
    if (looked !== null) resume(looked);
    again();
  }

  return {
    look(channelId: string | null): void {
      if (isStopped) return;
      looked = channelId;
      tell();
      ask();
    },
    /** A connection that knows nothing of it. */
    connected(): void {
      told = null;
      tell();
    },
    stop(): void {
      isStopped = true;
      timer?.cancel();
    },
  };
}
