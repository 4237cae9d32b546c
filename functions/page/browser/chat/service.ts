import { callCalls } from "@vestibule/client/calls/calls";
import { channelCalls } from "@vestibule/client/calls/channels";
import { commandCalls } from "@vestibule/client/calls/commands";
import { messageCalls } from "@vestibule/client/calls/messages";
import { organizationCalls } from "@vestibule/client/calls/organizations";
import { peopleCalls } from "@vestibule/client/calls/people";
import { reactionCalls } from "@vestibule/client/calls/reactions";
import { statusCalls } from "@vestibule/client/calls/statuses";
import { threadCalls } from "@vestibule/client/calls/threads";
import { problemFrom } from "@vestibule/client/problem";
import { currentIdentity } from "../identity.ts";

const connection = {
  /** Where the page itself lies, so that it may lie anywhere. */
  baseUrl: new URL(".", location.href).href,
  token(): string {
    const identity = currentIdentity();
    // What the service would answer to a token that has run out.
    if (identity === undefined) throw problemFrom(401, { code: "unauthenticated" });
    return identity.idToken;
  },
};

/** The part of the API that people talk by; what this page never asks for is not loaded. */
export const service = {
  ...organizationCalls(connection),
  ...peopleCalls(connection),
  ...channelCalls(connection),
  ...messageCalls(connection),
  ...reactionCalls(connection),
  ...threadCalls(connection),
  ...commandCalls(connection),
  ...statusCalls(connection),
  ...callCalls(connection),
};

/** Every item of a list that is answered page by page, as far as one person can look through it. */
export async function everyItem<Item>(
  page: (cursor: { cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
  mostPages = 10,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null = null;
  for (let count = 0; count < mostPages; count += 1) {
    const answer: { items: Item[]; nextCursor: string | null } = await page(
      cursor === null ? {} : { cursor },
    );
    all.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return all;
}
