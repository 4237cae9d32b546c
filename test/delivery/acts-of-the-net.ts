import type { Scene } from "./scene.ts";

export async function cut({ device }: Scene): Promise<void> {
  device.wire.cut();
}

export async function deafen({ device }: Scene): Promise<void> {
  device.wire.deafen();
}

export async function offline({ by }: Scene): Promise<void> {
  for (const { wire } of by.devices) wire.setOnline(false);
}

/** The platform says that the net is there again. */
export async function online({ by }: Scene): Promise<void> {
  for (const { wire, session } of by.devices) {
    if (wire.isOnline()) continue;
    wire.setOnline(true);
    session.refresh();
  }
}

export async function look({ act, by, device, channelId }: Scene): Promise<void> {
  if (!by.kept.includes(act.place)) return;
  device.session.look(channelId);
}
