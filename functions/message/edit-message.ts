import { allowsEdit, mayEditMessage } from "@vestibule/domain/messages";
import { checkText } from "@vestibule/domain/posting";
import { presentMessage } from "../contract/message.ts";
import { keyOf } from "../membership/channel-relation.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { editWrites } from "../table/edits.ts";
import { moveMentions } from "../table/mentions.ts";
import { isoTime, type Table } from "../table/table.ts";
import { changeMessage } from "./change-message.ts";
import type { editMessageRoute } from "./changes-contract.ts";
import { findMentioned, mentionDeps } from "./mentioned.ts";

/**
 * MSG-6: the author gives a message another text; it is shown as edited. The text that it has already changes nothing. Whom
 * the new text no longer mentions is not counted as mentioned any more, and whom it mentions now is (MSG-11).
 */
export async function editMessage(table: Table, request: Request<typeof editMessageRoute>): Promise<Answer> {
  const { params, person, body, now } = request;
  const { text } = body;
  const { before, after } = await changeMessage(table, request, {
    decide: mayEditMessage,
    change: async (channel, message, author) => {
      const { edits = 0, isDeleted = false } = message;
      demand(checkText(text));
      if (message.text === text && !isDeleted) return undefined;
      demand(allowsEdit({ edits, isDeleted }));
      const { stored: mentions } = await findMentioned(mentionDeps(table), channel, { author, text, now });
      return {
        writes: editWrites(channel, message, { text, mentions, now }),
        after: { ...message, text, mentions, edits: edits + 1, editedAt: isoTime(now) },
      };
    },
  });
  const channel = keyOf({ org: params.org, channelId: params.chn });
  await moveMentions(table, channel, { before, after, now });
  return { status: 200, body: presentMessage(params.chn, after, person.userId) };
}
