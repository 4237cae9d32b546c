import { NO_RIGHTS } from "@vestibule/domain/people";
import type { ShareRight } from "@vestibule/domain/vocabulary";
import { acceptUseCases } from "../../../functions/accept/use-cases.ts";
import { newId } from "../../../functions/shell/ids.ts";
import { inviteAddressWrite } from "../../../functions/table/addresses.ts";
import { mintSecret } from "../../../functions/table/invitation-secrets.ts";
import {
  getInvitation,
  newInvitationWrite,
  type ShareInvitation,
} from "../../../functions/table/invitations.ts";
import { keys } from "../../../functions/table/keys.ts";
import { type MailAddress, newMailAddressWrites } from "../../../functions/table/mail-addresses.ts";
import { getHolder, type Holder, holderWrite, shareSlot } from "../../../functions/table/shares.ts";
import { isoTime } from "../../../functions/table/table.ts";
import type { World } from "../channel/world.ts";
import { caller, personWith, type TestPerson } from "../shell/caller.ts";

const DAY_MS = 86_400_000;

export const MAIL_MANAGER = { rights: { ...NO_RIGHTS, mail: true } };

/** What a newcomer to a share gives. */
export const REGISTERED = {
  profile: { firstName: "Bob", lastName: "Low", phone: "+41 79 000 00 00", locale: "fr" },
  termsVersion: "1",
};

/** Somebody whose session began with a second factor. */
export const secured = (email: string): TestPerson => personWith(email, { mfa: "true" });

type Invited = {
  readonly email?: string;
  readonly strict?: boolean;
  readonly endsAt?: number;
  readonly address?: MailAddress;
  readonly grantedBy?: string;
  readonly shareRights?: ShareRight[];
};

/** A mail address of an organization on the engine, which Ada shares, and the invitee's routes. */
export async function shareWorld(w: World) {
  const ada = await w.member("ada", MAIL_MANAGER);
  const call = caller(acceptUseCases(w.table));

  async function mailAddress(text: string): Promise<MailAddress> {
    const address = {
      organizationId: w.org,
      addressId: newId("mailAddress"),
      address: text,
      addressKey: text.toLowerCase(),
      createdAt: isoTime(Date.now()),
      createdBy: ada.userId,
    };
    await w.write(...newMailAddressWrites(address));
    return address;
  }

  const info = await mailAddress(`Info@${w.org.slice(-8)}.example`);

  /** Shares the mail address as whoever shares it does; without `email`, with whoever holds the link. */
  async function invite(invited: Invited = {}) {
    const { email = "", strict = email !== "", address = info, endsAt = Date.now() + DAY_MS } = invited;
    const invitationId = newId("invitation");
    const { secret, hash } = mintSecret(w.org, invitationId);
    const slot = shareSlot(address, email === "" ? invitationId : email.toLowerCase());
    const invitation: ShareInvitation = {
      organizationId: w.org,
      invitationId,
      kind: "share",
      email,
      addressKey: slot.addressKey,
      addressId: address.addressId,
      address: address.address,
      shareRights: invited.shareRights ?? ["read", "send"],
      channelIds: [],
      strict,
      locale: "de",
      delivery: "link",
      state: "pending",
      secretHashes: new Set([hash]),
      invitedBy: { userId: ada.userId, name: "Ada Byron" },
      ...(invited.grantedBy === undefined ? {} : { grantedBy: invited.grantedBy }),
      createdAt: isoTime(Date.now()),
      endsAt,
      version: 1,
    };
    await w.write(newInvitationWrite(invitation), inviteAddressWrite(slot, invitationId, endsAt));
    const state = async () => (await getInvitation(w.table, w.org, invitationId))?.state;
    return { invitationId, invitation, token: secret, state, slot };
  }

  const accept = async (as: TestPerson, token: string, body: object = REGISTERED) =>
    await call("POST /v1/invitations/accept", { as, body: { token, ...body } });
  const decline = async (as: TestPerson, token: string) =>
    await call("POST /v1/invitations/decline", { as, body: { token } });
  const preview = async (token: string) => await call("POST /v1/invitations/preview", { body: { token } });
  const holder = async ({ userId }: TestPerson, address = info) => await getHolder(w.table, address, userId);

  /** Gives somebody access as a member, at once; `memberSince` may be a membership's that is over. */
  async function hold(person: TestPerson, change: Partial<Holder> = {}): Promise<void> {
    const { organizationId, addressId } = info;
    await w.write(
      holderWrite({
        kind: "holder",
        organizationId,
        addressId,
        userId: person.userId,
        email: "bob@example.com",
        firstName: "Bob",
        lastName: "Low",
        rights: ["read"],
        via: "invitation",
        attachedTo: "personal",
        addressKeys: [],
        grantedBy: ada.userId,
        createdAt: isoTime(Date.now()),
        version: 1,
        ...change,
      }),
    );
  }

  /** Changes somebody's record in an organization at this moment. */
  async function record(userId: string, change: Record<string, unknown>, org = w.org): Promise<void> {
    const names = Object.fromEntries(Object.keys(change).map((name) => [`#${name}`, name]));
    const values = Object.fromEntries(Object.entries(change).map(([name, value]) => [`:${name}`, value]));
    const sets = Object.keys(change).map((name) => `#${name} = :${name}`);
    await w.write({
      label: "record",
      update: keys.member(org, userId),
      expression: `SET version = version + :one${["", ...sets].join(", ")}`,
      names,
      values: { ...values, ":one": 1 },
    });
  }

  const slotOf = async (key: string, address = info) => {
    const { org, kind, addressKey } = shareSlot(address, key);
    return await w.item(keys.address(org, kind, addressKey));
  };
  return {
    ...w,
    call,
    ada,
    info,
    mailAddress,
    invite,
    accept,
    decline,
    preview,
    holder,
    hold,
    record,
    slotOf,
  };
}

export type ShareWorld = Awaited<ReturnType<typeof shareWorld>>;
