import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keys } from "../../functions/table/keys.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const text = read("docs/access-patterns.md");

const EPOCH = 0;

/** Each builder's answer to placeholders. A new builder does not compile until it has its line here. */
const ANSWERS: Record<keyof typeof keys, unknown> = {
  organization: keys.organization("<org>"),
  members: keys.members("<org>"),
  member: keys.member("<org>", "<usr>"),
  organizationsOf: keys.organizationsOf("<usr>"),
  memberIndex: keys.memberIndex("<org>", "<usr>"),
  guests: keys.guests("<org>"),
  guest: keys.guest("<org>", "<usr>"),
  guestEnd: keys.guestEnd("<org>", "<usr>", EPOCH),
  endingOn: keys.endingOn("1970-01-01"),
  endIndex: keys.endIndex("<org>", "<usr>", EPOCH),
  directory: keys.directory("<org>"),
  directoryEntry: keys.directoryEntry("<org>", "member", "<last first>", "<usr>"),
  directoryIndex: keys.directoryIndex("<org>", "member", "<first last>", "<usr>"),
  directoryPrefix: keys.directoryPrefix("member", "<names>"),
  groups: keys.groups("<org>"),
  group: keys.group("<org>", "<grp>"),
  groupNames: keys.groupNames("<org>"),
  groupName: keys.groupName("<org>", "<name>"),
  groupPeople: keys.groupPeople("<org>", "<grp>"),
  groupPerson: keys.groupPerson("<org>", "<grp>", "<usr>"),
  channelGroups: keys.channelGroups("<org>", "<chn>"),
  channelGroup: keys.channelGroup("<org>", "<chn>", "<grp>"),
  intents: keys.intents(),
  intent: keys.intent("<org>", "<int>"),
  intentIndex: keys.intentIndex("<org>", "<int>", EPOCH),
  managers: keys.managers("<org>"),
  manager: keys.manager("<org>", "<usr>"),
  addresses: keys.addresses("<org>"),
  address: keys.address("<org>", "member", "<address>"),
  expiringOn: keys.expiringOn("1970-01-01"),
  expiryIndex: keys.expiryIndex("<org>", "<inv>", EPOCH),
  invitations: keys.invitations("<org>"),
  invitation: keys.invitation("<org>", "<inv>"),
  pending: keys.pending("<org>", "member"),
  pendingIndex: keys.pendingIndex("<org>", "member", "<inv>", EPOCH),
  mailAddresses: keys.mailAddresses("<org>"),
  mailAddress: keys.mailAddress("<org>", "<adr>"),
  mailAddressNames: keys.mailAddressNames("<org>"),
  mailAddressName: keys.mailAddressName("<org>", "<address>"),
  holders: keys.holders("<org>", "<adr>"),
  holder: keys.holder("<org>", "<adr>", "<usr>"),
  holdingGroup: keys.holdingGroup("<org>", "<adr>", "<grp>"),
  sharesOf: keys.sharesOf("<usr>"),
  holderIndex: keys.holderIndex("<org>", "<adr>", "<usr>"),
  groupShares: keys.groupShares("<org>", "<grp>"),
  holdingGroupIndex: keys.holdingGroupIndex("<org>", "<adr>", "<grp>"),
  mailAllowance: keys.mailAllowance("<org>"),
  recipient: keys.recipient("<hash>"),
  login: keys.login("<hash>"),
  notices: keys.notices("<org>"),
  notice: keys.notice("<org>", "<ntc>"),
  waitingNotices: keys.waitingNotices(),
  noticeIndex: keys.noticeIndex("<org>", "<ntc>", EPOCH),
  logo: keys.logo("<org>", "<hash>"),
  audits: keys.audits("<org>"),
  audit: keys.audit("<org>", "<aud>"),
  profile: keys.profile("<usr>"),
  idempotency: keys.idempotency("<usr>", "<hash>"),
  channels: keys.channels("<org>"),
  channel: keys.channel("<org>", "<chn>"),
  publicChannels: keys.publicChannels("<org>"),
  publicIndex: keys.publicIndex("<org>", "<chn>"),
  handles: keys.handles("<org>"),
  handle: keys.handle("<org>", "<handle>"),
  conversation: keys.conversation("<org>", "<hash>"),
  channelPartition: keys.channelPartition("<org>", "<chn>"),
  channelHead: keys.channelHead("<org>", "<chn>"),
  deliveryTurn: keys.deliveryTurn("<org>", "<chn>"),
  nonceMemory: keys.nonceMemory("<org>", "<chn>", 42),
  messages: keys.messages("<org>", "<chn>"),
  message: keys.message("<org>", "<chn>", 42),
  changes: keys.changes("<org>", "<chn>"),
  changeIndex: keys.changeIndex("<org>", "<chn>", "1970-01-01T00:00:00.000Z", 1),
  edits: keys.edits("<org>", "<chn>"),
  edit: keys.edit("<org>", "<chn>", 1, 1),
  editPrefix: keys.editPrefix(1),
  reactors: keys.reactors("<org>", "<chn>"),
  reactor: keys.reactor("<org>", "<chn>", 1, "<emoji>", "<usr>"),
  reactorPrefix: keys.reactorPrefix(1, "<emoji>"),
  thread: keys.thread("<org>", "<chn>", 1),
  threadReply: keys.threadReply("<org>", "<chn>", 1, 2),
  followers: keys.followers("<org>", "<chn>", 1),
  personThread: keys.personThread("<org>", "<usr>", "<chn>", 1),
  followerIndex: keys.followerIndex("<org>", "<usr>", "<chn>", 1),
  mention: keys.mention("<org>", "<usr>", "<chn>", 1),
  mentionPrefix: keys.mentionPrefix("<chn>"),
  personHandles: keys.personHandles("<org>"),
  personHandle: keys.personHandle("<org>", "<handle>"),
  personHandleIndex: keys.personHandleIndex("<org>", "<handle>"),
  calls: keys.calls("<org>"),
  call: keys.call("<org>", "<call>"),
  channelCall: keys.channelCall("<org>", "<chn>"),
  runningCalls: keys.runningCalls(),
  callIndex: keys.callIndex("<org>", "<call>", EPOCH),
  statuses: keys.statuses("<org>"),
  status: keys.status("<org>", "<usr>"),
  looking: keys.looking("<org>", "<chn>"),
  lookers: keys.lookers("<org>"),
  looker: keys.looker("<org>", "<connection>", "<usr>"),
  lookerIndex: keys.lookerIndex("<org>", "<chn>", "<connection>"),
  watching: keys.watching("<org>"),
  watcher: keys.watcher("<org>", "<connection>"),
  retention: keys.retention("<org>"),
  pins: keys.pins("<org>", "<chn>"),
  pin: keys.pin("<org>", "<chn>", "<time>", 42),
  roster: keys.roster("<org>", "<chn>"),
  rosterEntry: keys.rosterEntry("<org>", "<chn>", 2, "<usr>"),
  personGroup: keys.personGroup("<org>", "<usr>", "<grp>"),
  person: keys.person("<org>", "<usr>"),
  personChannel: keys.personChannel("<org>", "<usr>", "<chn>"),
  live: keys.live("<org>"),
  livePerson: keys.livePerson("<org>", "<usr>"),
  ticket: keys.ticket("<org>", "<hash>"),
};

const builders = Object.keys(ANSWERS);

function isInChart(builder: string, answer: unknown): boolean {
  const flat = text.replaceAll(/\s+/gu, " ");
  const [first, second] = Object.values(typeof answer === "string" ? [answer] : Object(answer));
  return second === undefined
    ? flat.includes(`\`keys.${builder}\` \`${first}\``)
    : flat.includes(`| \`keys.${builder}\` | \`${first}\` | \`${second}\` |`);
}

test.each(Object.entries(ANSWERS))("keys.%s is in the chart as it is built", (builder, answer) => {
  expect(isInChart(builder, answer)).toBe(true);
});

test("the chart names no key that is not built", () => {
  const named = [...text.matchAll(/`keys\.(\w+)`/gu)].map(([, name]) => name);
  expect(named.filter((name) => name === undefined || !builders.includes(name))).toEqual([]);
  expect(isInChart("member", keys.manager("<org>", "<usr>"))).toBe(false);
});

/** The rows of the patterns: the builders and the module each names. */
const patterns = [
  ...text.matchAll(/^\| (?<what>[^|]+) \| (?<keys>`keys[^|]+) \| `(?<module>[a-z-]+\.ts)` \|/gmu),
].map(({ groups }) => ({
  what: groups?.["what"] ?? "",
  module: groups?.["module"] ?? "",
  named: [...(groups?.["keys"] ?? "").matchAll(/keys\.(\w+)/gu)].map(([, name = ""]) => name),
}));

test.each(patterns)("$what: $module builds $named", ({ module, named }) => {
  const source = read(`functions/table/${module}`);
  expect(named.filter((name) => !source.includes(`keys.${name}(`))).toEqual([]);
});

test("every module that builds a key has a pattern", () => {
  const modules = globSync("functions/table/*.ts").filter(
    (file) =>
      !file.endsWith("/keys.ts") &&
      /\bkeys\.\w+\(/u.test(read(file).replaceAll(/\bkeys\.(push|slice|map|flatMap|filter)\(/gu, "")),
  );
  const described = patterns.map(({ module }) => `functions/table/${module}`);
  expect(modules.length).toBeGreaterThan(10);
  expect(modules.filter((module) => !described.includes(module))).toEqual([]);
});

test("no key is built, and no Scan made, elsewhere", () => {
  const files = globSync("functions/**/*.ts").filter((file) => file !== "functions/table/keys.ts");
  const OWN_KEY = /[`"'](O|U|I|R|L|ADR|USER|INV|CHANNEL|GROUP|EXPIRES|ENDS)#/u;
  const codeOf = (file: string) => read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, "");
  expect(files.filter((file) => OWN_KEY.test(codeOf(file)))).toEqual([]);
  expect(files.filter((file) => /\bScanCommand\b|paginateScan/u.test(codeOf(file)))).toEqual([]);
});
