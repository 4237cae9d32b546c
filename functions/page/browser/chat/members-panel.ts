import type { ChannelMember, PendingGuest } from "@vestibule/client/types";
import { element } from "../render.ts";
import { press, tag } from "./controls.ts";
import { numberOf } from "./dates.ts";
import { openAdder } from "./finder.ts";
import { type Keyed, showKeyed } from "./keyed-list.ts";
import { locale, say } from "./language.ts";
import { avatar } from "./message-view.ts";
import { customStatus, kindTags, presenceDot, statusOf, watchFor } from "./presence.ts";
import { service } from "./service.ts";
import type { Panel } from "./side.ts";
import { attempt } from "./told.ts";
import { isMe, may, mayIn, place } from "./workplace.ts";
import { writeTo } from "./write-to.ts";

function personRow({ userId, firstName, lastName, handle, kind, role }: ChannelMember): Keyed {
  const name = `${firstName} ${lastName}`.trim();
  return {
    key: userId,
    version: [name, kind, role, statusOf(userId), locale()],
    draw: () =>
      element(
        "li",
        { className: "person" },
        avatar(userId, name),
        element(
          "div",
          {},
          element(
            "p",
            {},
            ...presenceDot(userId),
            " ",
            element("strong", {}, name),
            isMe(userId) ? ` (${say().you}) ` : " ",
            ...kindTags(kind),
            ...(role === "admin" ? [tag(say().channelAdmin, "good")] : []),
          ),
          element("p", { className: "soft" }, `@${handle}`),
          ...customStatus(userId),
        ),
        ...(isMe(userId) || !may("conversation.open")
          ? []
          : [press(say().writeTo, "small", () => writeTo(userId))]),
      ),
  };
}

/** GINV-4: invited to this channel and not there yet; members alone are told. */
function pendingRow({ invitationId, email }: PendingGuest): Keyed {
  return {
    key: invitationId,
    version: [email, locale()],
    draw: () =>
      element(
        "li",
        { className: "person" },
        avatar(invitationId, email),
        element(
          "div",
          {},
          element("p", {}, element("strong", {}, email), " ", tag(say().pendingGuest, "warm")),
        ),
      ),
  };
}

/** CH-10: who is in a channel: admins, members, guests, and the guests who have not come yet. */
export function membersPanel(channelId: string): Panel & { read: () => Promise<void> } {
  const list = element("ul", { className: "people" });
  const figures = element("p", { className: "soft" }, say().loading);
  const foot = element("div", {});
  let people: (ChannelMember | PendingGuest)[] = [];
  let cursor: string | null = null;

  function draw(): void {
    watchFor(
      "side",
      people.flatMap((one) => ("userId" in one ? [one.userId] : [])),
    );
    showKeyed(
      list,
      people.map((one) => ("invitationId" in one ? pendingRow(one) : personRow(one))),
    );
  }

  async function readPage(after: string | null): Promise<void> {
    await attempt(async () => {
      const query = after === null ? { limit: 50 } : { limit: 50, cursor: after };
      const page = await service.listChannelMembers(place().org, channelId, query);
      people = after === null ? page.items : [...people, ...page.items];
      cursor = page.nextCursor;
      figures.textContent = say().memberFigures(numberOf(page.memberCount), numberOf(page.guestCount));
      const more = () => readPage(cursor);
      foot.replaceChildren(...(cursor === null ? [] : [press(say().showMore, "small", more)]));
      draw();
    });
  }

  const add = mayIn(channelId, "channel.add-people")
    ? [press(say().addPeople, "small", () => openAdder(channelId))]
    : [];
  void readPage(null);
  return {
    key: `members-${channelId}`,
    title: say().members,
    body: [element("div", { className: "scroll padded" }, figures, ...add, list, foot)],
    draw,
    read: () => readPage(null),
    close: () => watchFor("side", []),
  };
}
