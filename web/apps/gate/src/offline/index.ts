// Ties the parts of a shift without a network together: listens to how calls end, keeps the pack fresh, brings records home.
import { reactive, readonly } from 'vue';
import { onHeard, Problem } from '@shared/api/client';
import { WordedFault } from '@shared/ui/fault';
import { gatePath, place } from '../place';
import type { OfflineRecord, RecordResult } from './contract';
import { loadRulesOnce } from './decide';
import { forgetPeople, forgetRecords } from './memory';
import { hear, network, onReachable, recallSkew, serverNowMs } from './network';
import { loadPack, refreshPack } from './pack';
import { loadQueue, unsent } from './queue';
import { createSync } from './sync';
import { canSeal, keep, recallKept } from './vault';

// `forged`: what came as a roster is not signed by anybody that this city trusts; the one held stays.
const state = reactive({ revoked: false, ready: false, forged: false });
export const offline = readonly(state);

const packEveryMs = 60_000;
type Settled = { record: OfflineRecord; result: RecordResult }[];
const settledWatchers: ((results: Settled) => void)[] = [];
export const onSettled = (watch: (results: Settled) => void) => settledWatchers.push(watch);

const sync = createSync({
  path: () => (place.device && !state.revoked ? gatePath('/offline-records') : undefined),
  probe: () => renewPack(),
  settled: (results) => {
    settledWatchers.forEach((watch) => watch(results));
    void renewPack().catch(() => undefined); // The server has counted by now what this phone had counted itself.
  },
});
export const kickSync = () => sync.kick();
export const syncNow = () => sync.run();

// An enrolled phone only. A refusal is an answer: the server is there.
export async function renewPack(): Promise<void> {
  if (!place.device || state.revoked) return;
  try {
    await refreshPack(place.gate?.gate_id ?? '0', serverNowMs());
    state.forged = false;
  } catch (fault) {
    if (fault instanceof WordedFault) return void (state.forged = true);
    if (!(fault instanceof Problem) || fault.status === 0 || fault.status >= 500) throw fault;
  }
}

let started: Promise<void> | undefined;
export const startOffline = (): Promise<void> => (started ??= begin());
async function begin(): Promise<void> {
  onHeard((heard) => {
    hear(heard);
    if (heard.code === 'device.revoked') void revoked();
  });
  onReachable((reachable) => {
    if (network.skewMs !== undefined) void keep('skew', network.skewMs).catch(() => undefined);
    if (reachable) sync.kick();
  });
  try {
    recallSkew(await recallKept<number>('skew'));
    await loadQueue();
    await loadPack();
    const { loadLists } = await import('./lists');
    await loadLists(serverNowMs()).catch(() => undefined); // Too old: codes are then not believed.
  } catch {
    // A browser that keeps nothing: the page works with a network only, and says so when it is needed.
  }
  window.addEventListener('online', () => sync.kick());
  state.ready = true;
  if (unsent() > 0) sync.kick();
}

// From the start of a shift until its end.
let poll: unknown;
let fresh = false;
export async function keepPackFresh(on: boolean): Promise<void> {
  fresh = on;
  clearTimeout(poll as number | undefined);
  if (!on) return;
  void loadRulesOnce().catch(() => undefined);
  await renewPack().catch(() => undefined);
  clearTimeout(poll as number | undefined);
  if (!fresh) return; // The shift ended meanwhile.
  poll = setTimeout(() => void keepPackFresh(true), packEveryMs * (0.9 + 0.2 * Math.random()));
}

async function revoked(): Promise<void> {
  if (state.revoked || !canSeal()) return;
  state.revoked = true;
  void keepPackFresh(false);
  await forgetPeople();
  await forgetRecords();
}
// Enrolled anew.
export function intoService(): void {
  state.revoked = false;
}
export async function endOfShift(): Promise<void> {
  void keepPackFresh(false);
  if (!canSeal()) return;
  await forgetPeople();
  await forgetRecords();
}
