// Brings the waiting records to the server: in their order, as often as it takes, never two pages at once. Driven by what
// calls say and by a timer that waits longer each time, with chance in it so that the phones of a city do not come back
// together; the server's own Retry-After comes first.
import { call, Problem } from '@shared/api/client';
import { instantText } from '@shared/base/time';
import type { OfflineRecord, RecordResult, RecordsAnswer } from './contract';
import { onReachable } from './network';
import { carried, queue, settle, waiting } from './queue';

export interface SyncParts {
  path: () => string | undefined; // Where to; nothing if this phone has no gate.
  probe: () => Promise<unknown>; // Asks something small, to learn whether the server is back.
  settled?: (results: { record: OfflineRecord; result: RecordResult }[]) => void;
  later?: (work: () => void, ms: number) => unknown;
  chance?: () => number;
}
export const recordsAtOnce = 100;
const firstPauseMs = 1000;
const longestPauseMs = 60_000;
const answerWithinMs = 20_000;

export function createSync(parts: SyncParts) {
  const later = parts.later ?? ((work, ms) => setTimeout(work, ms));
  const chance = parts.chance ?? Math.random;
  let pauseMs = firstPauseMs;
  let timer: unknown;
  let working = false;
  let wanted = false;
  let stopped = false;

  // True if the server answered.
  async function once(): Promise<boolean> {
    const path = parts.path();
    let records = path ? await waiting(recordsAtOnce) : [];
    let carriedFor = '';
    if (path && !records.length) ({ carriedFor, records } = await carried(recordsAtOnce));
    if (!path || !records.length) {
      await parts.probe();
      return true;
    }
    const body = { sent_at: instantText(), ...(carriedFor ? { carried_for: carriedFor } : {}), records };
    const answer = await call<RecordsAnswer>('POST', path, body, { timeoutMs: answerWithinMs });
    // An answer that does not fit what was sent settles nothing.
    const results = records.flatMap((record, at) => {
      const result = answer.results[at];
      return result && (result.id === undefined || result.id === record.id) ? [{ record, result }] : [];
    });
    if (!results.length) return false;
    await settle(results.map(({ record, result }) => ({ id: record.id, result })));
    parts.settled?.(results);
    if (queue.waiting + queue.handed + queue.carried > 0) wanted = true;
    return true;
  }

  async function run(): Promise<void> {
    if (working || stopped) {
      wanted = true;
      return;
    }
    working = true;
    wanted = false;
    let waitMs = 0;
    try {
      await alone(async () => {
        if (!(await once())) waitMs = grow();
        else pauseMs = firstPauseMs;
      });
    } catch (fault) {
      const asked = fault instanceof Problem ? (fault.retryAfterSeconds ?? 0) * 1000 : 0;
      const paused = grow();
      waitMs = asked > 0 ? asked * (1 + chance()) : paused;
    } finally {
      working = false;
    }
    if (waitMs > 0) plan(waitMs);
    else if (wanted) plan(0);
  }
  function grow(): number {
    const now = pauseMs;
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    return now * (1 + chance());
  }
  function plan(ms: number): void {
    clearTimeout(timer as number | undefined);
    timer = later(() => void run(), ms);
  }

  onReachable((reachable) => plan(reachable ? 0 : grow()));
  return {
    // Something waits, or somebody thinks that the network is back.
    kick: () => plan(0),
    stop: () => {
      stopped = true;
      clearTimeout(timer as number | undefined);
    },
    run,
  };
}

// One page of this phone at a time, where the browser can say so.
async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request('firstline.sync', { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}
