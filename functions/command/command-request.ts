import type { Person } from "../shell/route.ts";

/** A command on its way, by HTTP or by frame. */
export type CommandInput = {
  readonly organizationId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly text: string;
  readonly nonce: string;
  readonly utcOffsetMinutes?: number | undefined;
  readonly requestId: string;
  /** The address that it came from, for the audit log (INV-18). */
  readonly sourceIp: string;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** Somebody as acts in a channel know them: by their id alone, since a frame comes without a token. */
function personOf(userId: string): Person {
  return {
    userId,
    email: "",
    isEmailVerified: false,
    firstName: undefined,
    lastName: undefined,
    signedInAt: undefined,
    hasSecondFactor: false,
  };
}

/** A command's author asks for `body` as by its own route. */
export function requestAs<Body>({ organizationId, channelId, ...input }: CommandInput, body: Body) {
  const { userId, requestId, sourceIp, now } = input;
  return {
    params: { org: organizationId, chn: channelId },
    body,
    query: undefined,
    person: personOf(userId),
    ifMatch: undefined,
    requestId,
    sourceIp,
    plannedSuffix: undefined,
    now,
  };
}
