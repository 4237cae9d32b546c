import { DENIALS } from "@vestibule/domain/codes";
import type { Decision, Denied } from "@vestibule/domain/decision";
import { ACTIONS, type Action, isAboutChannel, permit } from "@vestibule/domain/permissions";
import { beforeAll, describe, expect, test } from "vitest";
import type { LocalStack } from "../../../infra/local/contracts.ts";
import { ask, inLanes } from "../../support/act.ts";
import { PATIENCE_MS } from "../../support/e2e-stack.ts";
import { connect, type LiveConnection } from "../../support/live-connection.ts";
import { quietStream } from "../../support/quiet-stream.ts";
import { storedItems } from "../../support/stored-items.ts";
import { sized } from "../../support/thorough.ts";
import { sharedStack } from "../shared-stack.ts";
import { DOORS } from "./permissions/doors.ts";
import { makeWorld, type Place, type Subject, type World } from "./permissions/world.ts";

let stack: LocalStack;
let world: World;
let observers: LiveConnection[];

beforeAll(async () => {
  stack = await sharedStack();
  world = await makeWorld(stack);
  observers = [
    await connect(world.founder, world.org),
    await connect(world.host, world.org),
    await connect(world.other, world.org),
    await connect(world.guest, world.org),
  ];
  await quietStream(stack);
}, 2 * PATIENCE_MS);

/** The standings of the table, as tests are named before there is a stack. */
const ROLES = ["legal_representative", "administrator", "user", "user with mail"].flatMap((orgRole) =>
  ["admin", "user"].map((chatRole) => `${orgRole}, chat ${chatRole}`),
);
const NAMES: readonly string[] = [
  "an outsider",
  "a guest",
  ...ROLES.map((roles) => `a member, ${roles}`),
  "a guest past their end",
  ...ROLES.map((roles) => `a deactivated member, ${roles}`),
];

function nameOf({ standing }: Subject): string {
  if (standing.kind === "outsider") return "an outsider";
  const isActive = standing.state === "active";
  if (standing.kind === "guest") return isActive ? "a guest" : "a guest past their end";
  const { orgRole, chatRole, rights } = standing;
  const roles = `${orgRole}${rights.mail ? " with mail" : ""}, chat ${chatRole}`;
  return `${isActive ? "a member" : "a deactivated member"}, ${roles}`;
}

function subjectOf(name: string): Subject {
  const found = world.subjects.find((subject) => nameOf(subject) === name);
  if (found === undefined) throw new Error(`nobody is ${name}`);
  return found;
}

const decide = (action: Action, { standing }: Subject, { channelType, relation }: Place): Decision =>
  permit(action, { standing, channelType, relation, isOwn: false });

/** What an answer or a problem says of a decision. */
const toldOf = ({ code, rule }: Denied) => ({ status: DENIALS[code].status, code, rule });

/** What the organization has in the table, but who is connected, and the one-time tickets. */
async function kept(): Promise<[string, string][]> {
  const items = await storedItems(stack, `O#${world.org}`);
  return [...items].filter(([key]) => !/#(?:LIVE|TICKETS) \/ /u.test(key));
}

/** Nothing is written and nobody is told anything while these are refused. */
async function leavesNoTrace(requests: () => Promise<void>): Promise<void> {
  await quietStream(stack);
  const before = await kept();
  const told = observers.map(({ events }) => events.length);
  await requests();
  await quietStream(stack);
  expect(await kept()).toEqual(before);
  expect(observers.map(({ events }) => events.length)).toEqual(told);
}

const LANES = 6;

test("every standing of the table has somebody here", () => {
  expect(world.subjects.map(nameOf).sort()).toEqual([...NAMES].sort());
});

describe("GST-17 GET …/permissions answers every cell as the domain does", () => {
  test.each(NAMES)("%s", async (name) => {
    const subject = subjectOf(name);
    for (const place of subject.places) {
      const { channelId } = place;
      const path = `${world.base}/permissions?channelId=${channelId}`;
      const answer = await ask(subject.who, "GET", path);
      const hidden = [
        decide("permissions.read", subject, place),
        decide("channel.read", subject, place),
      ].find((decision): decision is Denied => !decision.allowed);
      if (hidden !== undefined) {
        const { status, code } = toldOf(hidden);
        expect(answer.body, place.channelType).toMatchObject({ status, code });
        continue;
      }
      const { items } = answer.body as { items: { action: Action; allowed: boolean; code: string }[] };
      expect(items.map(({ action }) => action).sort()).toEqual([...ACTIONS].sort());
      for (const { action, ...told } of items) {
        // Whether the record is one's own is asked with a person (`userId`).
        const decision = decide(action, subject, place);
        if (decision.allowed) expect(told, action).toMatchObject({ allowed: true });
        else
          expect(told, `${action} ${place.channelType} ${place.relation}`).toMatchObject({
            allowed: false,
            code: decision.code,
            rule: decision.rule,
            reason: expect.stringMatching(/\S/u),
          });
      }
    }
  });
});

function hasMailRight({ standing }: Subject): boolean {
  return standing.kind === "member" && standing.rights.mail;
}

/** Members who stand much alike share what is asked for through the stack; guests and outsiders ask for every cell. */
const SHARED = { active: sized(3, 1), deactivated: sized(ROLES.length, 1) };

/** The cells that are refused and have a door, as many as this person asks for, each with its request. */
function* refusedCells(subject: Subject) {
  const { standing } = subject;
  const shared = standing.kind === "member" ? SHARED[standing.state] : 1;
  const turn = NAMES.indexOf(nameOf(subject)) % shared;
  let count = 0;
  for (const cell of everyRefusedCell(subject)) {
    count += 1;
    if (count % shared === turn) yield cell;
  }
}

function* everyRefusedCell(subject: Subject) {
  for (const action of ACTIONS) {
    const door = DOORS[action];
    if (door === null) continue;
    // In channels a product right changes nothing: there they are as those without it (test/domain/permissions.test.ts).
    if (isAboutChannel(action) && hasMailRight(subject)) continue;
    const places = isAboutChannel(action) ? subject.places : subject.places.slice(0, 1);
    for (const place of places) {
      const decision = decide(action, subject, place);
      if (decision.allowed) continue;
      yield { action, place, decision, ...door({ world, who: subject.who, channelId: place.channelId }) };
    }
  }
}

describe("GST-9…16 every refused cell is refused by HTTP with its rule, and leaves no trace", () => {
  test.each(NAMES)(
    "%s",
    async (name) => {
      const subject = subjectOf(name);
      await leavesNoTrace(async () => {
        await inLanes(refusedCells(subject), LANES, async (cell) => {
          const { action, place, decision, method, path, body } = cell;
          const answer = await ask(subject.who, method, path, body);
          const cellName = `${action}: ${method} in a ${place.channelType} channel as ${place.relation}`;
          expect.soft(answer.body, cellName).toMatchObject(toldOf(decision));
        });
      });
    },
    PATIENCE_MS,
  );
});

const FRAMES = [
  ["post", "message.post", { text: "never", nonce: "never" }],
  ["read", "channel.mark-read", { seq: 1 }],
  ["resume", "message.read", {}],
  ["look", "message.read", {}],
  ["typing", "message.post", {}],
  ["command", "command.use", { text: "/help", nonce: "never" }],
] as const;

describe("GST-9 MSG-4 every cell that a frame asks for is decided as by HTTP", () => {
  test.each(NAMES)("%s", async (name) => {
    const subject = subjectOf(name);
    const opening = permit("socket.open", { standing: subject.standing });
    if (!opening.allowed) {
      const answer = await ask(subject.who, "POST", `${world.base}/socket-tickets`);
      expect(answer.body).toMatchObject(toldOf(opening));
      return;
    }
    const connection = await connect(subject.who, world.org);
    const send = async (action: string, channelId: string, fields: object) =>
      action === "resume"
        ? ((await connection.ask("resume", { channels: { [channelId]: 0 } })).channels?.[channelId] ?? {})
        : await connection.ask(action, { channelId, ...fields });
    const cells = subject.places.flatMap((place) =>
      FRAMES.map(([frame, action, fields]) => ({
        place,
        frame,
        fields,
        decision: decide(action, subject, place),
      })),
    );
    await leavesNoTrace(async () => {
      for (const { place, frame, fields, decision } of cells) {
        if (decision.allowed) continue;
        const reply = await send(frame, place.channelId, fields);
        expect(reply, `${frame} in a ${place.channelType} channel as ${place.relation}`).toMatchObject({
          problem: toldOf(decision),
        });
      }
    });
    for (const { place, frame, fields, decision } of cells) {
      if (!decision.allowed) continue;
      const reply = await send(frame, place.channelId, fields);
      expect(reply, `${frame} in a ${place.channelType} channel`).not.toHaveProperty("problem");
    }
    await connection.close();
  });
});
