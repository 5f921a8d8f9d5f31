// Room that is kept for when there is none. Browsers say little about how much is left (today's Chromium always answers ten
// gigabytes more than is used), so a piece of this phone's room is held from the start of a shift. The first record that
// does not fit any more takes its place: from then on the keeper is warned, and some thousand records still go in.
import { reactive, readonly } from 'vue';
import { forget, keep, recallKept } from './vault';

const octets = 4 * 1024 * 1024;
const atOnce = 65_536; // More chance than this no browser gives at once.
const state = reactive({ used: false });
export const reserve = readonly(state);

export const isFull = (fault: unknown): boolean => {
  const inner = (fault as { inner?: unknown } | null)?.inner;
  return [fault, inner].some((each) => (each as { name?: string } | null)?.name === 'QuotaExceededError');
};

// Nothing that a browser could make smaller.
function noise(): Uint8Array {
  const whole = new Uint8Array(octets);
  for (let at = 0; at < octets; at += atOnce) crypto.getRandomValues(whole.subarray(at, at + atOnce));
  return whole;
}
// At the start of a shift, and again once everything has been sent.
export async function setReserve(): Promise<void> {
  try {
    if ((await recallKept('reserve')) === undefined) await keep('reserve', noise());
    await forget('reserve.used');
    state.used = false;
  } catch {
    state.used = true; // Not even now is there room for it.
  }
}
export async function recallReserve(): Promise<void> {
  state.used = (await recallKept<boolean>('reserve.used')) ?? false;
}
export async function giveReserveBack(): Promise<void> {
  await forget('reserve', 'reserve.used');
  state.used = false;
}
export async function withReserve<Value>(write: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await write();
  } catch (fault) {
    if (!isFull(fault) || (await recallKept('reserve')) === undefined) throw fault;
    await forget('reserve');
    state.used = true;
    const written = await write();
    await keep('reserve.used', true).catch(() => undefined);
    return written;
  }
}
