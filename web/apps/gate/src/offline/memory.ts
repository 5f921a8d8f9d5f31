// Where this phone stands and who holds it, kept sealed for a start without a network, and what is forgotten when.
import type { Device, Session } from '@shared/api/types';
import { dropPack } from './pack';
import { queue, unsent } from './queue';
import { giveReserveBack } from './reserve';
import { base, canSeal, forget, keep, recallKept, seal, unseal, type Sealed } from './vault';

interface PlaceKept {
  device: Device;
  session: Session;
  atMs: number;
}
const longestMs = 24 * 3600_000;

export async function rememberPlace(device: Device, session: Session): Promise<void> {
  if (!canSeal()) return;
  try {
    await keep('device', device.device_id);
    await keep('place', await seal('key.pack', { device, session, atMs: Date.now() }));
  } catch {
    // Without room the next start needs the network.
  }
}
// Whose records these are, also when the phone serves no gate any more.
export const deviceOfRecords = () => recallKept<string>('device');

export async function recallPlace(): Promise<PlaceKept | undefined> {
  if (!canSeal()) return undefined;
  try {
    const sealed = await recallKept<Sealed>('place');
    const kept = sealed && (await unseal<PlaceKept>('key.pack', sealed));
    return kept && Date.now() - kept.atMs < longestMs ? kept : undefined;
  } catch {
    return undefined;
  }
}

export interface ShiftKept {
  accountId: string;
  startedAtMs: number;
}
export const keepShift = (shift: ShiftKept) => keep('shift', shift).catch(() => undefined);
export const recallShift = () => recallKept<ShiftKept>('shift').catch(() => undefined);

// End of the shift, or this phone was taken out of service: nobody's name stays on it. What was recorded and has not
// reached the server stays sealed until it has, or until it was handed on.
export async function forgetPeople(): Promise<void> {
  await dropPack();
  await forget('place', 'shift');
}
export async function forgetRecords(): Promise<void> {
  if (unsent() > 0 || queue.returned.length > 0) return;
  await base.records.clear();
  await forget('key.queue');
  await giveReserveBack();
}
