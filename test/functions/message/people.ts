import { generalChannelId } from "../../../functions/table/keys.ts";
import type { Member } from "../../../functions/table/members.ts";

export const ORG = `org_${"0".repeat(26)}`;
export const OTHER_ORG = `org_${"1".repeat(26)}`;
export const GENERAL = generalChannelId(ORG);
export const CHANNEL = { organizationId: ORG, channelId: GENERAL };
export const NOW = Date.parse("2026-11-22T10:00:00.000Z");

export const userId = (name: string): string => `usr_${name.padEnd(26, "0")}`;

/** A member of `ORG`; what a test does not say is ordinary. */
export function member(name: string, differing: Partial<Member> = {}): Member {
  return {
    organizationId: ORG,
    userId: userId(name),
    email: `${name}@example.com`,
    firstName: name,
    lastName: "Example",
    handle: name,
    orgRole: "user",
    chatRole: "user",
    rights: { suite: false, chat: false, mail: false, accounting: false },
    state: "active",
    joinedAt: "2026-01-01T00:00:00.000Z",
    addressKeys: [],
    version: 1,
    ...differing,
  };
}

/** Loads these members of `ORG`, and nobody else. */
export function loading(...members: Member[]) {
  return async (org: string, user: string): Promise<Member | undefined> =>
    org === ORG ? members.find((one) => one.userId === user) : undefined;
}
