import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type * as z from "zod";
import { type Channel, channelItem } from "./channels.ts";
import { type Invitation, invitationItem } from "./invitations.ts";
import { idIn, PREFIXES } from "./keys.ts";
import { liveItem } from "./live.ts";
import { membershipItem, type PersonChannel } from "./memberships.ts";
import { type Message, messageItem } from "./messages.ts";
import { type Organization, organizationItem } from "./organizations.ts";
import { type PersonRecord, personItem } from "./person-records.ts";
import { reactorItem } from "./reactors.ts";
import { type RosterLine, rosterItem } from "./roster.ts";
import { type StoredStatus, statusItem } from "./statuses.ts";

/** An item's image in the table's stream, in DynamoDB's own notation. */
export type Image = Record<string, AttributeValue>;

type Change<Item> = { readonly before: Item | undefined; readonly after: Item | undefined };

/** A change of an item that somebody may want to hear of live. */
export type ItemChange = { readonly organizationId: string } & (
  | ({ readonly kind: "organization" } & Change<Organization>)
  | ({ readonly kind: "person" } & Change<PersonRecord>)
  | ({ readonly kind: "channel" } & Change<Channel>)
  | ({ readonly kind: "roster"; readonly channelId: string } & Change<RosterLine>)
  | ({ readonly kind: "invitation" } & Change<Invitation>)
  | ({ readonly kind: "message"; readonly channelId: string } & Change<Message>)
  | ({ readonly kind: "reactor"; readonly channelId: string; readonly seq: number } & Change<
      z.infer<typeof reactorItem>
    >)
  | ({ readonly kind: "mine"; readonly channelId: string; readonly userId: string } & Change<PersonChannel>)
  | ({ readonly kind: "status" } & Change<StoredStatus>)
  | ({ readonly kind: "live" } & Change<z.infer<typeof liveItem>>)
);

/** A record of the table's stream. */
export type StreamedImages = {
  readonly pk: string;
  readonly sk: string;
  readonly oldImage: Image | undefined;
  readonly newImage: Image | undefined;
};

const PARTITION = /^O#(?<organizationId>org_[0-9a-z]{26})(?:#(?<part>.+))?$/u;
const OF_CHANNEL = /^CHANNEL#(?<channelId>chn_[0-9a-z]{26})#(?<what>MESSAGES|PEOPLE|REACTORS)$/u;
const OF_PERSON = /^PERSON#(?<userId>usr_[0-9a-z]{26})$/u;

function changeOf<Schema extends z.ZodType>(schema: Schema, { oldImage, newImage }: StreamedImages) {
  const itemOf = (image: Image | undefined): z.output<Schema> | undefined =>
    image === undefined ? undefined : schema.parse(unmarshall(image));
  return { before: itemOf(oldImage), after: itemOf(newImage) };
}

/** What has changed, by the partition it is kept in; `undefined` for what is nobody's live concern. */
export function itemChange(images: StreamedImages): ItemChange | undefined {
  const { organizationId, part } = PARTITION.exec(images.pk)?.groups ?? {};
  if (organizationId === undefined) return undefined;
  switch (part) {
    case undefined:
      return { kind: "organization", organizationId, ...changeOf(organizationItem, images) };
    case "MEMBERS":
      return { kind: "person", organizationId, ...changeOf(personItem, images) };
    case "CHANNELS":
      return { kind: "channel", organizationId, ...changeOf(channelItem, images) };
    case "INVITATIONS":
      return { kind: "invitation", organizationId, ...changeOf(invitationItem, images) };
    case "LIVE":
      return { kind: "live", organizationId, ...changeOf(liveItem, images) };
    case "STATUSES":
      return { kind: "status", organizationId, ...changeOf(statusItem, images) };
    default:
      return changeInChannel(organizationId, part, images) ?? changeOfPerson(organizationId, part, images);
  }
}

function changeInChannel(
  organizationId: string,
  part: string,
  images: StreamedImages,
): ItemChange | undefined {
  const { channelId, what } = OF_CHANNEL.exec(part)?.groups ?? {};
  if (channelId === undefined) return undefined;
  const place = { organizationId, channelId };
  if (what === "PEOPLE") return { kind: "roster", ...place, ...changeOf(rosterItem, images) };
  if (what === "MESSAGES") return { kind: "message", ...place, ...changeOf(messageItem, images) };
  return { kind: "reactor", ...place, seq: Number.parseInt(images.sk, 10), ...changeOf(reactorItem, images) };
}

/** Of what is a person's own, their rows of channels. */
function changeOfPerson(
  organizationId: string,
  part: string,
  images: StreamedImages,
): ItemChange | undefined {
  const { userId } = OF_PERSON.exec(part)?.groups ?? {};
  if (userId === undefined || !images.sk.startsWith(PREFIXES.channel)) return undefined;
  const channelId = idIn(images.sk);
  return { kind: "mine", organizationId, channelId, userId, ...changeOf(membershipItem, images) };
}
