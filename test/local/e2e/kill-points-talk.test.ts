import { describe, expect, test } from "vitest";
import { sized } from "../../support/thorough.ts";
import { killableWorld } from "./kill-points/killable-world.ts";
import { type Act, strikesIn } from "./kill-points/strike.ts";
import * as acts from "./kill-points/talk-acts.ts";

const strikeEverywhere = strikesIn(killableWorld(), { isMailing: false });

/** Every act of messages, presence and calls, and the fewest writes, one request to the table each, that it takes. */
const ACTS: readonly (readonly [title: string, act: Act, writes: number])[] = [
  ["MSG-8 MSG-3 posting a reply", acts.replying, 2],
  ["MSG-10 MSG-11 posting a mention", acts.mentioning, 2],
  ["MSG-6 editing", acts.editing, 1],
  ["MSG-6 deleting", acts.deleting, 1],
  ["MSG-9 reacting", acts.reacting, 1],
  ["MSG-9 taking a reaction back", acts.unreacting, 1],
  ["MSG-7 pinning", acts.pinning, 1],
  ["MSG-7 unpinning", acts.unpinning, 1],
  ["MSG-8 following a thread", acts.following, 1],
  ["MSG-11 marking as read", acts.marking, 1],
  ["PRS-1 PRS-2 setting a status", acts.settingStatus, 1],
  ["MSG-13 a command", acts.commanding, 3],
  [
    "CALL-1 CALL-5 starting a call",
    acts.calling({ act: "start", as: "ada", state: "running", inIt: ["ada"] }),
    3,
  ],
  [
    "CALL-3 CALL-5 coming into a call",
    acts.calling({ act: "accept", as: "bea", state: "running", inIt: ["ada", "bea"] }),
    1,
  ],
  [
    "CALL-3 CALL-5 leaving a call",
    acts.calling({ comers: ["bea"], act: "leave", as: "bea", state: "running", inIt: ["ada"] }),
    1,
  ],
  [
    "CALL-3 CALL-5 the last one leaving",
    acts.calling({ act: "leave", as: "ada", state: "ended", inIt: [] }),
    2,
  ],
  [
    "CALL-1 CALL-5 ending a call",
    acts.calling({ comers: ["bea"], act: "end", as: "ada", state: "ended", inIt: [] }),
    3,
  ],
  ["SEAT-7 the sweep that deletes what is past the plan's time", acts.retaining, 2],
];

describe("killed between any two of its writes: figures equal lists, nothing half done stays", () => {
  test.each(ACTS)("%s", async (_, act, writes) => {
    expect(await strikeEverywhere(act, "killed")).toBeGreaterThanOrEqual(writes);
  });
});

/** What would be there twice, or counted twice; the others say how something is to be, however often. */
const COUNTING = ACTS.filter(([title]) =>
  /posting|editing|deleting|reacting|reaction|command|starting/u.test(title),
);

describe("the answer to any one of its writes is lost: figures equal lists, nothing is done twice", () => {
  test.each(sized(COUNTING, ACTS))("%s", async (_, act, writes) => {
    expect(await strikeEverywhere(act, "unanswered")).toBeGreaterThanOrEqual(writes);
  });
});
