import type { Channel } from "@vestibule/client/types";
import { element } from "../render.ts";
import { tag, unseen } from "./controls.ts";
import { openDialog } from "./dialog.ts";
import { icon } from "./icon.ts";
import { say } from "./language.ts";
import { membersOf } from "./people-names.ts";
import { kindTags } from "./presence.ts";
import { service } from "./service.ts";
import { attempt, hush } from "./told.ts";
import { go } from "./ways.ts";
import { isMe, may, place } from "./workplace.ts";
import { writeTo } from "./write-to.ts";

type Found = { id: string; words: (Node | string)[]; take: () => unknown };

const MOST = 20;
const PAUSE_MS = 200;

async function join(channel: Channel): Promise<void> {
  const { org, channels } = place();
  await attempt(async () => {
    const joined = channel.me.member ? channel : await service.joinChannel(org, channel.id);
    channels.set(joined.id, joined);
    await go().openChannel(joined.id);
  });
}

/** The public channels, and one's own; a guest's own alone (GST-9). */
async function findChannels(search: string): Promise<Found[]> {
  const query = { limit: MOST, archived: "false" as const, ...(search !== "" && { search }) };
  const { items } = await service.listChannels(place().org, query);
  return items
    .filter(({ type }) => type === "public" || type === "private")
    .map((channel) => ({
      id: channel.id,
      words: [
        icon(channel.type === "private" ? "lock" : "hash"),
        channel.name,
        " ",
        ...(channel.me.member ? [] : [tag(say().join)]),
      ],
      take: () => join(channel),
    }));
}

type Somebody = { userId: string; name: string; handle: string; kind: string };

/** Members look in the directory; guests among those they share a channel with (GST-13, GST-16). */
async function findPeople(search: string): Promise<Somebody[]> {
  const { org, channels } = place();
  if (may("directory.search")) {
    const { items } = await service.searchDirectory(org, { limit: MOST, ...(search !== "" && { search }) });
    return items.flatMap((item) => ("userId" in item ? [item] : []));
  }
  const shared = [...channels.values()]
    .filter(({ type }) => type === "public" || type === "private")
    .slice(0, 5);
  const found = await Promise.all(
    shared.map(({ id }) => membersOf(id, { limit: MOST, ...(search !== "" && { search }) })),
  );
  const people = found
    .flat()
    .map(({ firstName, lastName, ...rest }) => ({ ...rest, name: `${firstName} ${lastName}`.trim() }));
  return [...new Map(people.map((one) => [one.userId, one])).values()];
}

function personWords({ name, handle, kind }: Somebody): (Node | string)[] {
  return [
    icon("people"),
    name,
    " ",
    ...kindTags(kind),
    element("span", { className: "soft" }, ` @${handle}`),
  ];
}

/** A field, and what is found for what is written in it. */
function search(title: string, label: string, find: (words: string) => Promise<Found[]>): void {
  const results = element("ul", { className: "results" });
  const told = element("p", { className: "soft", role: "status" });
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    asked += 1;
    const mine = asked;
    await attempt(async () => {
      const found = await find(field.value.trim());
      if (mine !== asked) return;
      told.replaceChildren(
        found.length === 0
          ? say().nothingFound
          : unseen(say().suggestionCount(found.length, String(found.length))),
      );
      results.replaceChildren(
        ...found.map(({ words, take }) => {
          const pick = () => {
            dialog.close();
            take();
          };
          return element("li", {}, element("button", { type: "button", onclick: pick }, ...words));
        }),
      );
    });
  }

  const field = element("input", {
    type: "search",
    autocomplete: "off",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE_MS);
    },
  });
  const dialog = openDialog(title, "finder", element("label", {}, label, field), told, results);
  field.focus();
  void look();
}

/** Finds a channel to join or go to, or somebody to write to. */
export function openFinder(): void {
  const canWrite = may("conversation.open");
  search(say().find, say().findLabel, async (words) => {
    const [channels, people] = await Promise.all([findChannels(words), canWrite ? findPeople(words) : []]);
    const others = people.filter(({ userId }) => !isMe(userId));
    return [
      ...channels,
      ...others.map((one) => ({ id: one.userId, words: personWords(one), take: () => writeTo(one.userId) })),
    ];
  });
}

/** CH-8: finds somebody to add to a channel. */
export function openAdder(channelId: string): void {
  search(say().addPeople, say().findPeople, async (words) => {
    const people = await findPeople(words);
    const add = (userId: string) =>
      attempt(async () => {
        await service.addToChannel(place().org, channelId, { userIds: [userId] });
        hush();
      });
    return people
      .filter(({ kind }) => kind === "person" || kind === "member")
      .map((one) => ({ id: one.userId, words: personWords(one), take: () => add(one.userId) }));
  });
}
