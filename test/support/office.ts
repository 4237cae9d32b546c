import type { LocalStack } from "../../infra/local/contracts.ts";
import { addPeople, makeGuest, newChannel } from "./act.ts";
import { inviteAndAccept, newOrganization } from "./organization.ts";
import { type Person, person } from "./person.ts";
import { quietStream } from "./quiet-stream.ts";

/** Ada, who founded it, Bea and Cyn, members without any right, and Gil, a guest of the channel `lobby` with all of them. */
export type Office = Awaited<ReturnType<typeof openOffice>>;

/** An organization in which people talk with each other; each test has channels of its own in it. */
export async function openOffice(stack: LocalStack, limits: object = {}) {
  const ada = await person(stack, "ada");
  const everything = { guests: null, publicChannels: null, privateChannels: null, ...limits };
  const { id: org, general } = await newOrganization(ada, everything);
  const bea = await inviteAndAccept(stack, ada, org, "bea");
  const cyn = await inviteAndAccept(stack, ada, org, "cyn");
  const gil = await person(stack, "gil");
  let rooms = 0;

  /** A private channel of Ada's with these people in it. */
  async function room(...people: Person[]): Promise<string> {
    rooms += 1;
    const channel = await newChannel(ada, org, `Room ${rooms}`);
    const members = people.filter((who) => who !== gil && who !== ada);
    if (members.length > 0) await addPeople(ada, org, channel, ...members);
    if (people.includes(gil)) await makeGuestOf(channel);
    return channel;
  }
  async function makeGuestOf(channel: string): Promise<void> {
    const body = {
      kind: "guest",
      invitees: [{ email: gil.email }],
      channelIds: [channel],
      delivery: "link",
    };
    const { status, text } = await ada.send("POST", `/v1/organizations/${org}/invitations`, { body });
    if (status !== 200 || !text.includes('"added"')) throw new Error(text);
  }
  const direct = async (by: Person, ...others: Person[]): Promise<string> =>
    (
      await by.client.openConversation(
        org,
        others.map(({ userId }) => userId),
      )
    ).id;
  const handleOf = async ({ userId }: Person): Promise<string> =>
    (await ada.client.getMember(org, userId)).handle;

  const lobby = await newChannel(ada, org, "Lobby");
  await addPeople(ada, org, lobby, bea, cyn);
  await makeGuest(ada, org, gil, { channelIds: [lobby] });
  // The assistant has welcomed everybody by then (INV-17).
  await quietStream(stack);
  const base = `/v1/organizations/${org}`;
  return { stack, org, base, general, lobby, ada, bea, cyn, gil, room, direct, handleOf };
}
