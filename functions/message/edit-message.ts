import { allowsEdit, mayEditMessage } from "@vestibule/domain/messages";
import { checkText } from "@vestibule/domain/posting";
import type { NotInChannel } from "../contract/message.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { editWrites } from "../table/edits.ts";
import { moveMentionsWrites } from "../table/moved-mentions.ts";
import { isoTime, type Table } from "../table/table.ts";
import { changeMessage } from "./change-message.ts";
import type { editMessageRoute } from "./changes-contract.ts";
import { findMentioned, mentionDeps } from "./mentioned.ts";
import { toldOf } from "./not-in-channel.ts";
import { presentPosted } from "./present-posted.ts";

/**
 * MSG-6: the author gives a message another text; it is shown as edited. The text that it has already changes nothing. Whom
 * the new text no longer mentions is not counted as mentioned any more, and whom it mentions now is (MSG-11), as if it had
 * been posted so; of those who are not in the channel, the author is told (MSG-10).
 */
export async function editMessage(table: Table, request: Request<typeof editMessageRoute>): Promise<Answer> {
  const { params, person, body, now } = request;
  const { text } = body;
  let notInChannel: readonly NotInChannel[] = [];
  const { after: message } = await changeMessage(table, request, {
    decide: mayEditMessage,
    change: async (channel, before, author) => {
      const { edits = 0, isDeleted = false } = before;
      demand(checkText(text));
      const isSame = before.text === text && !isDeleted;
      if (!isSame) demand(allowsEdit({ edits, isDeleted }));
      const { stored, outside } = await findMentioned(mentionDeps(table), channel, {
        author: author.person,
        text,
        now,
      });
      notInChannel = toldOf(author, outside, now);
      if (isSame) return undefined;
      return {
        writes: [
          ...editWrites(channel, before, { text, mentions: stored, now }),
          ...(await moveMentionsWrites(table, channel, { before, after: stored, now })),
        ],
        after: { ...before, text, mentions: stored, edits: edits + 1, editedAt: isoTime(now) },
      };
    },
  });
  return { status: 200, body: presentPosted(params.chn, { message, notInChannel }, person.userId) };
}
