/** The path of an organization. */
export function at(organizationId: string): string {
  return `/v1/organizations/${organizationId}`;
}

/** The path of a channel. */
export function atChannel(organizationId: string, channelId: string): string {
  return `${at(organizationId)}/channels/${channelId}`;
}

/** The path of a message. */
export function atMessage(organizationId: string, channelId: string, seq: number): string {
  return `${atChannel(organizationId, channelId)}/messages/${seq}`;
}
