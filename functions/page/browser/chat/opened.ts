/** The channel that is before one's eyes. */
let opened: string | undefined;

export function openedChannel(): string | undefined {
  return opened;
}

export function setOpened(channelId: string | undefined): void {
  opened = channelId;
}
