import { ACTION_TITLES } from "@vestibule/domain/actions";
import { GUEST_RULES } from "@vestibule/domain/codes";
import { NO_RIGHTS, type Standing } from "@vestibule/domain/people";
import { PERMISSIONS } from "@vestibule/domain/permission-table";
import { ACTIONS, type Action, isAboutChannel, permit } from "@vestibule/domain/permissions";
import type { ChannelRelation } from "@vestibule/domain/vocabulary";

const user = {
  kind: "member",
  state: "active",
  orgRole: "user",
  chatRole: "user",
  rights: NO_RIGHTS,
} as const;
const guest = { kind: "guest", state: "active" } as const;

/** A column: whom it is about, and what they are in a channel that they are in. */
type Column = { readonly title: string; readonly standing: Standing; readonly inside: ChannelRelation };

const CHANNEL_ADMIN = "Channel admin";
const MAIL_MANAGER = "Mail manager";

const COLUMNS: readonly Column[] = [
  { title: "Member", standing: user, inside: "member" },
  { title: CHANNEL_ADMIN, standing: user, inside: "admin" },
  { title: "Chat admin", standing: { ...user, chatRole: "admin" }, inside: "member" },
  { title: "Org manager", standing: { ...user, orgRole: "administrator" }, inside: "member" },
  { title: MAIL_MANAGER, standing: { ...user, rights: { ...NO_RIGHTS, mail: true } }, inside: "member" },
  { title: "Guest", standing: guest, inside: "member" },
];

type Noun = Action extends infer Name ? (Name extends `${infer First}.${string}` ? First : never) : never;

const SECTIONS = [
  "The organization",
  "People",
  "Guests and invitations",
  "Mail addresses",
  "Groups",
  "Channels",
  "Messages",
] as const;
type Section = (typeof SECTIONS)[number];

const SECTION_OF: Record<Noun, Section> = {
  organization: "The organization",
  usage: "The organization",
  audit: "The organization",
  permissions: "The organization",
  socket: "The organization",
  directory: "People",
  profile: "People",
  status: "People",
  member: "People",
  guest: "Guests and invitations",
  invitation: "Guests and invitations",
  "mail-address": "Mail addresses",
  share: "Mail addresses",
  group: "Groups",
  channel: "Channels",
  conversation: "Channels",
  message: "Messages",
  command: "Messages",
  unread: "Messages",
  thread: "Messages",
  call: "Messages",
};

const SECTION_BY_NOUN: ReadonlyMap<string, Section> = new Map(Object.entries(SECTION_OF));

function sectionOf(action: Action): Section | undefined {
  return SECTION_BY_NOUN.get(action.split(".", 1)[0] ?? "");
}

/** Where somebody may do it, in words, found by asking the table as every door does. */
function cell(action: Action, { standing, inside }: Column): string {
  if (!isAboutChannel(action)) {
    if (permit(action, { standing }).allowed) return "yes";
    return permit(action, { standing, isOwn: true }).allowed ? "own" : "–";
  }
  const isAllowedIn = permit(action, { standing, relation: inside, channelType: "public" }).allowed;
  const isAllowedOutside = permit(action, { standing, relation: "none", channelType: "public" }).allowed;
  if (isAllowedOutside) return "in sight";
  return isAllowedIn ? "inside" : "–";
}

/** Whether it exists in direct and group conversations too (CH-3). */
function conversations(action: Action): string {
  const decision = permit(action, { standing: user, relation: "member", channelType: "direct" });
  return decision.allowed ? "too" : "no";
}

/** Only columns that say something: a channel's admin where rows are about channels, a mail manager where of mail. */
function columnsOf(section: Section): Column[] {
  return COLUMNS.filter(({ title }) => {
    if (title === CHANNEL_ADMIN) return isOfChannels(section);
    return title !== MAIL_MANAGER || section === "Mail addresses";
  });
}

function isOfChannels(section: Section): boolean {
  return actionsOf(section).some(isAboutChannel);
}

function actionsOf(section: Section): Action[] {
  return ACTIONS.filter((action) => sectionOf(action) === section);
}

function rowOf(action: Action, section: Section): string {
  const { member, guest: guests } = PERMISSIONS[action];
  const rules = member[1] === guests[1] ? member[1] : `${member[1]}, guests ${guests[1]}`;
  const cells = [
    ACTION_TITLES[action],
    ...columnsOf(section).map((column) => cell(action, column)),
    ...(isOfChannels(section) ? [isAboutChannel(action) ? conversations(action) : "–"] : []),
    rules,
    `\`${action}\``,
  ];
  return `| ${cells.join(" | ")} |`;
}

function sectionText(section: Section): string {
  const titles = [
    "May",
    ...columnsOf(section).map(({ title }) => title),
    ...(isOfChannels(section) ? ["In conversations"] : []),
    "Rule",
    "Action",
  ];
  return [
    `## ${section}`,
    "",
    `| ${titles.join(" | ")} |`,
    `|${titles.map(() => "---").join("|")}|`,
    ...actionsOf(section).map((action) => rowOf(action, section)),
    "",
  ].join("\n");
}

const INTRODUCTION = `# Who may do what

The permission table of \`domain/permission-table.ts\`, as every door asks it: HTTP, WebSocket frames, live delivery and
\`permissions/check\`. Written by \`npm run docs\`; do not edit. The rules are those of \`product.md\`.

- **Org manager**: a legal representative or an administrator of the organization. **Chat admin**: somebody with the chat
  role \`admin\`, whatever their org role. **Mail manager**: somebody with the product right \`mail\`, which org managers
  hold by role. **Channel admin**: an admin of the channel in question. The columns show each of them without the
  others' roles: who has several roles may what any of them may.
- **yes** always · **own** what they sent or made themselves · **inside** in channels they are in · **in sight** in public
  channels and in those they are in · **–** never, or where a
  row is of no channel, nothing to say of conversations.
- A channel that somebody may not know of does not exist to them (404): to members a private channel, a direct or group
  conversation they are not in (CH-5), to guests every channel they were not given (GST-9). Nor does, to a guest, a person
  they share no channel with (GST-16). To everybody outside, the organization itself does not exist (INV-15).
- Deactivated members may nothing (ORG-10), guests past their end date neither (GINV-10).
- Besides, the state of things decides: seats and quotas (SEAT-8), General (CH-1), an archived channel (CH-7), people
  who are in a channel through a group (CH-9), the last legal representative (ORG-6), and no grant above one's own (ORG-7).
`;

function guestRules(): string {
  const lines = Object.entries(GUEST_RULES).map(([rule, why]) => `- **${rule}** ${why}`);
  return ["## What guests are told", "", ...lines, ""].join("\n");
}

/** The permission table for administrators, as Markdown (GST-17). */
export function permissionsDocument(): string {
  return [INTRODUCTION, ...SECTIONS.map(sectionText), guestRules()].join("\n");
}
