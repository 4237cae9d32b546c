import { allowsEdit, mayEditMessage } from "@vestibule/domain/messages";
import { checkText } from "@vestibule/domain/posting";
import { presentMessage } from "../contract/message.ts";
import type { Answer, Request } from "../shell/route.ts";
import { demand } from "../shell/standing.ts";
import { editWrites } from "../table/edits.ts";
import { isoTime, type Table } from "../table/table.ts";
import { changeMessage } from "./change-message.ts";
import type { editMessageRoute } from "./changes-contract.ts";

/** MSG-6: the author gives a message another text; it is shown as edited. The text that it has already changes nothing. */
export async function editMessage(table: Table, request: Request<typeof editMessageRoute>): Promise<Answer> {
  const { params, person, body, now } = request;
  const { text } = body;
  const edited = await changeMessage(table, request, {
    decide: mayEditMessage,
    change: (channel, message) => {
      const { edits = 0, isDeleted = false } = message;
      demand(checkText(text));
      if (message.text === text && !isDeleted) return undefined;
      demand(allowsEdit({ edits, isDeleted }));
      return {
        writes: editWrites(channel, message, { text, now }),
        after: { ...message, text, edits: edits + 1, editedAt: isoTime(now) },
      };
    },
  });
  return { status: 200, body: presentMessage(params.chn, edited, person.userId) };
}
