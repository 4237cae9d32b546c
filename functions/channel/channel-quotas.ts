import type { QuotaCounters } from "@vestibule/domain/quotas";
import type { NamedChannelType } from "@vestibule/domain/vocabulary";
import type { Channel } from "../table/channels.ts";
import type { CounterChange, Organization } from "../table/organizations.ts";

const COUNTERS = { public: "publicChannels", private: "privateChannels" } as const;
const NEEDS = { public: "free-public-channel", private: "free-private-channel" } as const;

/** What channels of a type are counted against (SEAT-7). */
export function channelQuota(organization: Organization, type: NamedChannelType): QuotaCounters {
  return { limit: organization.limits[COUNTERS[type]], used: organization[COUNTERS[type]] };
}

/** One more channel of a type, if the quota has a place at the moment of the write (SEAT-8). */
export function takesPlace(type: NamedChannelType): CounterChange {
  return { [COUNTERS[type]]: 1, needs: [NEEDS[type]] };
}

/** One channel of a type less (CH-7). */
export function freesPlace(type: NamedChannelType): CounterChange {
  return { [COUNTERS[type]]: -1 };
}

/** The type under which a channel is counted; conversations are not counted, and none of what is counted is done to them. */
export function namedTypeOf({ type }: Pick<Channel, "type">): NamedChannelType {
  return type === "public" ? "public" : "private";
}
