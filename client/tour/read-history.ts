import { expectSame } from "./expect.ts";
import type { Gathering } from "./gather.ts";
import { seen, step } from "./narrator.ts";

/** MSG-5: pages before, after and around a message, newest first. */
export async function readHistory({ organization, channel, first }: Gathering): Promise<void> {
  const { client, name } = first.person;
  step(`${name} looks back, page by page`);
  const page = async (query: Parameters<typeof client.listMessages>[2]) => {
    const { items } = await client.listMessages(organization.id, channel.id, query);
    return items.map(({ seq }) => seq);
  };
  const pages: [string, Parameters<typeof client.listMessages>[2], number[]][] = [
    ["before 5", { before: 5, limit: 2 }, [4, 3]],
    ["after 5", { after: 5, limit: 2 }, [7, 6]],
    ["around 5", { around: 5, limit: 3 }, [6, 5, 4]],
  ];
  for (const [what, query, wanted] of pages) {
    const seqs = await page(query);
    expectSame(`The page ${what}`, seqs, wanted);
    seen(`${what}: seq ${seqs.join(", ")}`);
  }
}
