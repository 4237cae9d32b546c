import type { Channel, Organization } from "../types.ts";
import { expectPresent, expectSame, expectSoon } from "./expect.ts";
import { inShort, listen, toldOf } from "./listen.ts";
import { seen, step } from "./narrator.ts";
import type { Person } from "./person.ts";

/** CALL-4: more than 7 people make a call that warns. */
const CROWD = 5;

/** CALL-2, CALL-4: a call in a channel rings nobody but notifies, and warns where many are. */
export async function callMany(
  founder: Person,
  organization: Organization,
  channel: Channel,
  { colleague, newcomer }: { colleague: Person; newcomer: (name: string) => Promise<Person> },
): Promise<void> {
  step(`${founder.name} invites ${CROWD} guests by link, and calls everybody in #${channel.handle}`);
  const { client } = founder;
  const guests = await Promise.all(
    Array.from({ length: CROWD }, (_, index) => newcomer(`Guest ${"ABCDE"[index]}`)),
  );
  const { results } = await client.invite(organization.id, {
    kind: "guest",
    channelIds: [channel.id],
    delivery: "link",
    invitees: guests.map(({ email }) => ({ email })),
  });
  const accept = async (guest: Person, link: string) => {
    const [firstName = "", lastName = ""] = guest.name.split(" ");
    const token = link.slice(link.indexOf("#") + 1);
    await guest.client.acceptInvitation({ token, profile: { firstName, lastName }, termsVersion: "1" });
  };
  await Promise.all(
    guests.map((guest, index) => accept(guest, expectPresent("The link", results[index]?.link))),
  );
  const { memberCount, guestCount } = await client.getChannel(organization.id, channel.id);
  seen(`#${channel.handle} has ${memberCount} members and ${guestCount} guests`);

  const listener = await listen(colleague, organization, inShort);
  try {
    const call = await client.startCall(organization.id, channel.id);
    expectSame("The warning", call.warning, "many-people");
    await expectSoon(`What notifies ${colleague.name}`, () =>
      toldOf(listener, "notification").find(({ seq, reason }) => seq === call.seq && reason === "call"),
    );
    expectSame("What rings", toldOf(listener, "call.ringing"), []);
    seen(`started all the same, with a warning: ${call.warning}; it notifies, and rings nobody`);
    const ended = await client.endCall(organization.id, call.id);
    expectSame("Its state", ended.state, "ended");
    seen(`ended by ${founder.name}, for everybody`);
  } finally {
    listener.session.close();
  }
}
