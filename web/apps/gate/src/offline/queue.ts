// What was recorded and not yet answered for by the server, in the order of this phone. Nothing leaves the queue but by an
// answer of the server, by the keeper's own word on a record that came back, or to another phone.
import { reactive, readonly } from 'vue';
import type { Outcome } from '@shared/api/types';
import { instantText } from '@shared/base/time';
import { uuid7 } from '@shared/base/uuid7';
import { recordKinds, type OfflineRecord, type RecordKind, type RecordResult } from './contract';
import { network } from './network';
import { isFull, recallReserve, setReserve, withReserve } from './reserve';
import { base, canSeal, keep, recallKept, seal, unseal } from './vault';

export interface ReturnedRecord {
  id: string;
  kind: string;
  atMs: number;
  code: string;
  record: OfflineRecord | undefined;
}
// How often a home's people went out by records that the server has not counted yet.
export interface Outing {
  line: number; // Of the passage's people.
  household: string;
  day: string;
}
// The shift's numbers of what the server has not counted yet.
export interface Tally {
  in: number;
  out: number;
  passes: number;
  reminders: number;
  registers: number;
  refusals: number;
  holds: number;
  overrides: number;
  emergencies: number;
}
const nothing: Tally = {
  in: 0,
  out: 0,
  passes: 0,
  reminders: 0,
  registers: 0,
  refusals: 0,
  holds: 0,
  overrides: 0,
  emergencies: 0,
};
const counterOf = {
  pass: 'passes',
  pass_with_reminder: 'reminders',
  register_first: 'registers',
  refuse: 'refusals',
  hold: 'holds',
} as const;
const goesThrough = new Set<Outcome>(['pass', 'pass_with_reminder']);
const state = reactive({
  waiting: 0,
  carried: 0, // Of another phone, to be sent from here.
  handed: 0, // Given to another phone, not yet known to have arrived.
  returned: [] as ReturnedRecord[],
  lastSyncMs: 0,
  usedShare: 0, // Of the storage that the browser gives.
  tally: { ...nothing },
  full: false, // The last record could not be written down.
});
export const queue = readonly(state);
// What would be lost with this phone: its own records, and those that it took over from another.
export const unsent = (): number => state.waiting + state.carried;
export const storageWarnShare = 0.8;

// No room, or nowhere to keep something about people.
export class NotKept extends Error {
  constructor(readonly why: 'full' | 'insecure' | 'broken') {
    super(`not kept: ${why}`);
  }
}

// What waits, opened: who was out and how many came is asked at every check.
const open = new Map<string, { record: OfflineRecord; outings: Outing[] }>();
const isUndone = (id: string, line: number): boolean =>
  [...open.values()].some(({ record }) => {
    const { undo } = record;
    return undo?.of === id && (undo.line ?? 0) === line;
  });
export function outingsOf(household: string, day: string): number {
  let count = 0;
  for (const [id, { outings }] of open)
    for (const each of outings)
      if (each.household === household && each.day === day && !isUndone(id, each.line)) count += 1;
  return count;
}
function tallied(): Tally {
  const tally = { ...nothing };
  for (const [id, { record }] of open) {
    const direction = record.passage?.direction;
    record.decided?.forEach((each, line) => {
      if (isUndone(id, line)) return;
      tally[counterOf[each.outcome]] += 1;
      // As the server counts: who was turned back went neither in nor out.
      if (direction && goesThrough.has(each.outcome)) tally[direction] += 1;
    });
    if (record.override) tally.overrides += 1;
    const { emergency } = record;
    if (emergency) {
      tally.emergencies += emergency.people;
      tally[emergency.direction] += emergency.people;
    }
  }
  return tally;
}

export interface Extra {
  id?: string; // Of a command that was tried and not answered.
  atMs?: number;
  more?: Partial<OfflineRecord>; // decided, pack_version, account_id.
  outings?: Outing[];
}

export async function enqueue(
  kind: RecordKind,
  body: Record<string, unknown>,
  extra: Extra = {},
): Promise<OfflineRecord> {
  if (!canSeal()) throw new NotKept('insecure');
  const id = extra.id ?? uuid7();
  const atMs = extra.atMs ?? Date.now();
  const at = instantText(atMs);
  let sequence = 0;
  let record: OfflineRecord;
  try {
    sequence = await withReserve(nextSequence);
    record = {
      id,
      sequence,
      at,
      ...(network.skewMs === undefined ? {} : { skew_ms: network.skewMs }),
      ...extra.more,
      [kind]: body,
    };
    const sealed = await seal('key.queue', { record, outings: extra.outings });
    await withReserve(() =>
      base.records.add({ id, sequence, state: 'waiting', kind, atMs, sealed, code: '' }),
    );
  } catch (fault) {
    if (sequence) await giveBack(sequence);
    state.full = isFull(fault);
    throw new NotKept(state.full ? 'full' : 'broken');
  }
  state.full = false;
  open.set(id, { record, outings: extra.outings ?? [] });
  await refresh();
  void measureStorage();
  return record;
}

// Numbers without holes and never twice, also across shifts: the server tells by them that something is missing.
async function nextSequence(): Promise<number> {
  return base.transaction('rw', base.kept, async () => {
    const last = ((await base.kept.get('sequence'))?.value as number | undefined) ?? 0;
    await base.kept.put({ name: 'sequence', value: last + 1 });
    return last + 1;
  });
}
// The number of a record that could not be written, if no later one was given out.
async function giveBack(sequence: number): Promise<void> {
  try {
    await base.transaction('rw', base.kept, async () => {
      const last = (await base.kept.get('sequence'))?.value;
      if (last === sequence) await base.kept.put({ name: 'sequence', value: sequence - 1 });
    });
  } catch {
    // A hole is named by the server, and harms nothing.
  }
}

// Whether a record of this kind waits already: a shift is handed over once.
export const waits = async (kind: RecordKind): Promise<boolean> =>
  (await base.records.where('state').equals('waiting').toArray()).some((row) => row.kind === kind);

// In order; records that another phone took are sent from here too, if this one is sooner.
export async function waiting(limit: number): Promise<OfflineRecord[]> {
  const rows = await base.records.where('state').anyOf('waiting', 'handed').sortBy('sequence');
  const records: OfflineRecord[] = [];
  for (const row of rows.slice(0, limit)) {
    const record = await openRecord(row.sealed);
    if (record) records.push(record);
    else await base.records.update(row.id, { state: 'returned', code: 'record.unreadable' });
  }
  return records;
}
// Of one other phone at a time.
export async function carried(limit: number): Promise<{ carriedFor: string; records: OfflineRecord[] }> {
  const rows = await base.records.where('state').equals('carried').sortBy('sequence');
  const carriedFor = rows[0]?.carriedFor ?? '';
  const own = rows.filter((row) => row.carriedFor === carriedFor).slice(0, limit);
  const opened = await Promise.all(own.map((row) => openRecord(row.sealed)));
  return { carriedFor, records: opened.filter((record) => record !== undefined) };
}
export async function carry(carriedFor: string, records: OfflineRecord[]): Promise<void> {
  if (!canSeal()) throw new NotKept('insecure');
  for (const record of records) {
    const { id, sequence } = record;
    if (await base.records.get(id)) continue; // The same file twice.
    const kind = recordKinds.find((each) => each in record) ?? 'passage';
    const sealed = await seal('key.queue', { record });
    const atMs = Date.parse(record.at);
    try {
      await withReserve(() =>
        base.records.add({ id, sequence, state: 'carried', kind, atMs, sealed, code: '', carriedFor }),
      );
    } catch (fault) {
      await refresh();
      throw new NotKept(isFull(fault) ? 'full' : 'broken');
    }
  }
  await refresh();
}
async function openRecord(sealed: Parameters<typeof unseal>[1]): Promise<OfflineRecord | undefined> {
  return (await unseal<{ record: OfflineRecord }>('key.queue', sealed))?.record;
}

// What the server made of records that were sent.
export async function settle(
  results: { id: string; result: Pick<RecordResult, 'state' | 'code'> }[],
): Promise<void> {
  await base.transaction('rw', base.records, async () => {
    for (const { id, result } of results) {
      if (result.state === 'returned')
        await base.records.update(id, { state: 'returned', code: result.code });
      else await base.records.delete(id);
    }
  });
  state.lastSyncMs = Date.now();
  void keep('last_sync', state.lastSyncMs);
  results.forEach(({ id }) => open.delete(id));
  await refresh();
  if (unsent() === 0) void setReserve();
}
// The keeper has read why, and does what has to be done.
export async function acknowledge(id: string): Promise<void> {
  const row = await base.records.get(id);
  if (row?.state === 'returned') await base.records.delete(id);
  await refresh();
}
export async function markHanded(ids: string[]): Promise<void> {
  await base.records.where('id').anyOf(ids).modify({ state: 'handed' });
  await refresh();
}

export async function refresh(): Promise<void> {
  const rows = await base.records.orderBy('sequence').toArray();
  state.waiting = rows.filter((row) => row.state === 'waiting').length;
  state.carried = rows.filter((row) => row.state === 'carried').length;
  state.handed = rows.filter((row) => row.state === 'handed').length;
  const there = new Set(
    rows.filter((row) => row.state === 'waiting' || row.state === 'handed').map((row) => row.id),
  );
  for (const id of open.keys()) if (!there.has(id)) open.delete(id);
  state.tally = tallied();
  const back = rows.filter((row) => row.state === 'returned');
  state.returned = await Promise.all(
    back.map(async ({ id, kind, atMs, code, sealed }) => ({
      id,
      kind,
      atMs,
      code,
      record: await openRecord(sealed),
    })),
  );
}

export async function loadQueue(): Promise<void> {
  if (!canSeal()) return;
  state.lastSyncMs = (await recallKept<number>('last_sync')) ?? 0;
  await recallReserve();
  const rows = await base.records.where('state').anyOf('waiting', 'handed').sortBy('sequence');
  for (const row of rows) {
    const kept = await unseal<{ record: OfflineRecord; outings?: Outing[] }>('key.queue', row.sealed);
    if (kept) open.set(row.id, { record: kept.record, outings: kept.outings ?? [] });
  }
  await refresh();
  await measureStorage();
}

export async function measureStorage(): Promise<void> {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    state.usedShare = quota > 0 ? usage / quota : 0;
  } catch {
    // Not every browser says.
  }
}
// Asked once, from the tap that begins a shift: kept pages and records are then not thrown away when room is short.
export async function askToPersist(): Promise<void> {
  await setReserve();
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // The records stay for as long as the browser has room.
  }
}
