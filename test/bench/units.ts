import { parseArgs } from "node:util";
import { messageDeps } from "../../functions/message/message-deps.ts";
import { postMessage } from "../../functions/message/post-message.ts";
import { sha256 } from "../../functions/shell/ids.ts";
import { connect, disconnect } from "../../functions/socket/connect.ts";
import { generalChannelId } from "../../functions/table/keys.ts";
import { addConnection, removeConnections } from "../../functions/table/live.ts";
import { mirrorStatus } from "../../functions/table/status-writes.ts";
import type { Table } from "../../functions/table/table.ts";
import { takeTicket } from "../../functions/table/tickets.ts";
import { type BenchApi, benchApi } from "./bench-api.ts";
import { largeOrganization, personNumber, type Size } from "./large-organization.ts";
import { type MeteredTable, openMeteredTable, type Units } from "./metered-table.ts";
import { printTable } from "./print-table.ts";
import { type Operation, talkOperations } from "./talk-operations.ts";

/** One person is in 300 channels in each of them. */
const SIZES: readonly Size[] = [
  { members: 10, channels: 300, mine: 300 },
  { members: 1_000, channels: 500, mine: 300 },
  { members: 100_000, channels: 2_000, mine: 300 },
];

/** `architecture.md`, Budgets. */
const BUDGETS: Record<string, string> = {
  "post in General": "≤ 2 w, ≤ 2 r",
  "post in a private channel": "≤ 2 w, ≤ 2 r",
  "page of 50 messages": "≤ 4 r",
  "connect (ticket, authorizer, $connect)": "≤ 3 w",
  disconnect: "≤ 1 w",
  "mark read": "1 w",
  "invite a member": "≤ 14 w",
  "invite a member by mail": "≤ 14 w",
  "accept as a member": "≤ 24 w",
};

/** A message of usual length. */
const TEXT = "Could somebody look at the numbers before noon? I have put them into the sheet.";

type Place = { api: BenchApi; table: Table; org: string; channelIds: readonly string[]; members: number };

const founder = personNumber(0);

const post = (table: Table, org: string, channelId: string, nonce: string) =>
  postMessage(messageDeps(table), {
    organizationId: org,
    channelId,
    userId: founder.userId,
    text: TEXT,
    nonce,
  });

/** The link's secret in what inviting answered. */
const tokenIn = (answer: unknown): string => /#([^"]+)"/u.exec(JSON.stringify(answer))?.[1] ?? "";
const idIn = (answer: unknown): string => String(Reflect.get(Object(answer), "id"));

/** The first private and the first public channel of the founder's. */
function channelsOf({ channelIds }: Place) {
  const [open = "", closed = ""] = channelIds;
  return { open, closed };
}

function messageOperations(place: Place): Operation[] {
  const { api, table, org } = place;
  const { closed } = channelsOf(place);
  const channel = { org, chn: closed };
  const connection = { organizationId: org, userId: founder.userId, connectionId: "bench-connection=" };
  const deps = {
    ...messageDeps(table),
    addConnection: (added: Parameters<typeof addConnection>[1]) => addConnection(table, added),
    removeConnections: (gone: Parameters<typeof removeConnections>[1]) => removeConnections(table, gone),
    mirrorStatus: (of: string, userId: string, now: number) => mirrorStatus(table, of, userId, now),
  };
  return [
    ["post in General", () => post(table, org, generalChannelId(org), "one more")],
    ["post in a private channel", () => post(table, org, closed, "one more")],
    ["page of 50 messages", () => api(founder, "listMessages", { params: channel })],
    ["mark read", () => api(founder, "updateMyChannel", { params: channel, body: { lastReadSeq: 60 } })],
    ["pin a message", () => api(founder, "pinMessage", { params: { ...channel, seq: "7" } })],
    [
      "connect (ticket, authorizer, $connect)",
      async () => {
        const created = await api(founder, "createSocketTicket", { params: { org }, body: {} });
        const ticket = String(Reflect.get(Object(created), "ticket"));
        await takeTicket(table, { organizationId: org, hash: sha256(ticket), now: Date.now() });
        await connect(deps, connection);
      },
    ],
    ["disconnect", () => disconnect(deps, connection)],
    ["unread of 300 channels", () => api(founder, "listUnread", { params: { org } })],
  ];
}

function channelOperations(place: Place): Operation[] {
  const { api, org } = place;
  const { open, closed } = channelsOf(place);
  const other = personNumber(9);
  const people = { org, chn: closed };
  let made = "";
  return [
    ["page of 50 channels", () => api(founder, "listChannels", { params: { org } })],
    [
      "page of 50 of my channels",
      () => api(founder, "listChannels", { params: { org }, query: { mine: "true" } }),
    ],
    ["one channel", () => api(founder, "getChannel", { params: { org, chn: open } })],
    [
      "create a channel",
      async () => {
        made = idIn(
          await api(founder, "createChannel", { params: { org }, body: { name: "New", type: "private" } }),
        );
      },
    ],
    [
      "rename a channel",
      () => api(founder, "updateChannel", { params: { org, chn: made }, body: { name: "Newer" } }),
    ],
    ["join a channel", () => api(other, "joinChannel", { params: { org, chn: open }, body: {} })],
    ["leave a channel", () => api(other, "leaveChannel", { params: { org, chn: open }, body: {} })],
    [
      "add one person to a channel",
      () => api(founder, "addChannelMembers", { params: people, body: { userIds: [other.userId] } }),
    ],
    ["page of a channel's people", () => api(founder, "listChannelMembers", { params: people })],
    [
      "remove a person from a channel",
      () => api(founder, "removeChannelMember", { params: { ...people, user: other.userId } }),
    ],
    [
      "open a conversation",
      () => api(founder, "openConversation", { params: { org }, body: { userIds: [other.userId] } }),
    ],
  ];
}

function peopleOperations(place: Place): Operation[] {
  const { api, org, members } = place;
  const { closed } = channelsOf(place);
  const [newcomer, guest] = [personNumber(members + 7), personNumber(members + 8)];
  const registration = { profile: { firstName: "New", lastName: "Comer" }, termsVersion: "1" };
  let token = "";
  const invite = (kind: string, email: string, more: object) => async () => {
    const body = { kind, invitees: [{ email }], delivery: "link", ...more };
    token = tokenIn(await api(founder, "invite", { params: { org }, body }));
  };
  const changeRole = { org, user: newcomer.userId };
  return [
    ["invite a member", invite("member", newcomer.email, {})],
    ["accept as a member", () => api(newcomer, "acceptInvitation", { body: { token, ...registration } })],
    ["invite a guest to one channel", invite("guest", guest.email, { channelIds: [closed] })],
    ["accept as a guest", () => api(guest, "acceptInvitation", { body: { token, ...registration } })],
    [
      "make the guest a member",
      () => api(founder, "convertPerson", { params: { org, user: guest.userId }, body: { to: "member" } }),
    ],
    [
      "change an org role",
      () => api(founder, "changeOrgRole", { params: changeRole, body: { role: "administrator" } }),
    ],
    ["page of 50 people", () => api(founder, "listMembers", { params: { org } })],
    [
      "search people, page of 50",
      () => api(founder, "searchDirectory", { params: { org }, query: { search: "person" } }),
    ],
    [
      "search a name that is one's",
      () => api(founder, "searchDirectory", { params: { org }, query: { search: "9 per" } }),
    ],
    [
      "all I may do in a channel",
      () => api(founder, "listPermissions", { params: { org }, query: { channelId: closed } }),
    ],
    ["usage", () => api(founder, "getUsage", { params: { org } })],
  ];
}

function invitationOperations(place: Place): Operation[] {
  const { api, org, members } = place;
  const [invitee, holder] = [personNumber(members + 11), personNumber(members + 12)];
  const withSecondFactor = { ...holder, hasSecondFactor: true };
  const profile = { firstName: "New", lastName: "Holder", phone: "+41 22 000 00 00" };
  let inv = "";
  let adr = "";
  let token = "";
  const many = (count: number) => ({
    kind: "member",
    invitees: Array.from({ length: count }, (_, index) => ({ email: `many.${index}@example.org` })),
  });
  return [
    [
      "invite a member by mail",
      async () => {
        const body = { kind: "member", invitees: [{ email: invitee.email }] };
        const answer = await api(founder, "invite", { params: { org }, body });
        inv = /"id":"(inv_[^"]+)"/u.exec(JSON.stringify(answer))?.[1] ?? "";
      },
    ],
    ["invite 100 members by mail", () => api(founder, "invite", { params: { org }, body: many(100) })],
    [
      "what 100 would cost (dry run)",
      () => api(founder, "invite", { params: { org }, body: { ...many(100), dryRun: true } }),
    ],
    [
      "edit an invitation",
      () => api(founder, "editInvitation", { params: { org, inv }, body: { chatRole: "admin" } }),
    ],
    ["revoke an invitation", () => api(founder, "revokeInvitation", { params: { org, inv } })],
    [
      "add a mail address",
      async () => {
        const body = { address: "desk@example.org" };
        adr = idIn(await api(founder, "createMailAddress", { params: { org }, body }));
      },
    ],
    [
      "share it by link",
      async () => {
        const body = { email: holder.email };
        const justSignedIn = { ...founder, signedInAt: Date.now() };
        token = tokenIn(await api(justSignedIn, "shareMailAddress", { params: { org, adr }, body }));
      },
    ],
    [
      "accept a share",
      () =>
        api(withSecondFactor, "acceptInvitation", {
          body: { token, profile, termsVersion: "1", attachTo: "personal" },
        }),
    ],
    ["list who has it", () => api(founder, "listShares", { params: { org, adr } })],
    ["my mail addresses", () => api(holder, "listMyMailAddresses")],
  ];
}

async function measureAt(metered: MeteredTable, size: Size): Promise<Map<string, Units>> {
  const { org, channelIds } = await largeOrganization(metered.unmetered, size);
  const { table, unmetered } = metered;
  const api = benchApi(table);
  const place = { api, table, org, channelIds, members: size.members };
  const { closed } = channelsOf(place);
  for (let count = 0; count < 60; count += 1) {
    await post(unmetered, org, generalChannelId(org), `n${count}`);
    await post(unmetered, org, closed, `n${count}`);
  }
  const figures = new Map<string, Units>();
  // A container reads the plan's limits once a minute (docs/access-patterns.md): what is measured is any other page.
  await api(founder, "listMessages", { params: { org, chn: closed } });
  const measureAll = async (operations: readonly Operation[]): Promise<void> => {
    for (const [name, act] of operations) figures.set(name, await metered.measure(act));
  };
  const measurePosts = async (name: string): Promise<void> => {
    const posts = await metered.measure(async () => {
      for (let count = 0; count < 96; count += 1) await post(table, org, closed, `${name} ${count}`);
    });
    figures.set(name, { read: posts.read / 96, write: posts.write / 96 });
  };
  await measureAll(messageOperations(place));
  await measurePosts("post, mean of 96");
  // The second channel's people beside the founder (many-channels.ts).
  const talk = {
    api,
    table,
    unmetered,
    org,
    channelIds: channelIds.slice(0, 10),
    channelId: closed,
    others: [2, 3],
  };
  await measureAll(await talkOperations(talk));
  await measureAll(channelOperations(place));
  // Somebody was just taken out of the channel: for 10 s every post looks twice (docs/adr/0013).
  await measurePosts("post, just after a removal");
  await measureAll(peopleOperations(place));
  await measureAll(invitationOperations(place));
  return figures;
}

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/** Prints write and read units per operation at 10, 1 000 and 100 000 members (`--members` at most), beside the budgets. */
export async function benchUnits(): Promise<void> {
  const { values } = parseArgs({ options: { members: { type: "string" } }, strict: false });
  const most = Number(values["members"] ?? Number.POSITIVE_INFINITY);
  const sizes = SIZES.filter(({ members }) => members <= most);
  const metered = await openMeteredTable();
  try {
    const bySize = new Map<Size, Map<string, Units>>();
    for (const size of sizes) bySize.set(size, await measureAt(metered, size));
    const [first = new Map<string, Units>()] = bySize.values();
    const rows = [...first.keys()].map((name) => [
      name,
      BUDGETS[name] ?? "",
      ...sizes.map((size) => {
        const units = bySize.get(size)?.get(name) ?? { read: 0, write: 0 };
        return `${figure(units.write)} w  ${figure(units.read)} r`;
      }),
    ]);
    const heads = sizes.map(
      ({ members, channels }) =>
        `${members.toLocaleString("en")} members, ${channels.toLocaleString("en")} channels`,
    );
    printTable(
      "DynamoDB units per operation (w write, r read; indexes included); the person is in 300 channels",
      ["operation", "budget", ...heads],
      rows,
    );
  } finally {
    await metered.stop();
  }
}
