import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Decided, OfflineRecord } from './contract';
import {
  acknowledge,
  enqueue,
  loadQueue,
  measureStorage,
  NotKept,
  outingsOf,
  queue,
  settle,
  storageWarnShare,
  waiting,
  waits,
} from './queue';
import { reserve, setReserve } from './reserve';
import { base, recallKept } from './vault';

if (!globalThis.crypto?.subtle) vi.stubGlobal('crypto', webcrypto);
const decided = (outcome: Decided['outcome']): Decided => ({
  arguments: {},
  outcome,
  reasons: [],
  policy_version: 'p',
});
const passage = (outcome: Decided['outcome'], household = '9') =>
  enqueue(
    'passage',
    { direction: 'out' },
    {
      more: { decided: [decided(outcome)] },
      outings: outcome === 'pass' ? [{ line: 0, household, day: '2022-03-15' }] : [],
    },
  );
const ids = (records: OfflineRecord[]) => records.map((each) => each.sequence);

beforeEach(async () => {
  await base.records.clear();
  await base.kept.clear();
  await loadQueue();
});

describe('the queue', () => {
  it('numbers without holes and keeps the order, also when the page begins anew', async () => {
    for (let i = 0; i < 5; i += 1) await passage('pass');
    await loadQueue();
    expect(queue.waiting).toBe(5);
    expect(ids(await waiting(3))).toEqual([1, 2, 3]);
    expect(await recallKept('sequence')).toBe(5);
  });
  it('keeps nothing readable on the disk', async () => {
    await enqueue('visit', { name: '王小明', phone: '13800000000' });
    const row = (await base.records.toArray())[0]!;
    const text = new TextDecoder().decode(row.sealed.data) + JSON.stringify({ ...row, sealed: 0 });
    expect(text).not.toContain('王小明');
    expect(text).not.toContain('13800000000');
    expect((await recallKept<CryptoKey>('key.queue'))!.extractable).toBe(false);
    expect((await waiting(1))[0]!.visit).toMatchObject({ name: '王小明' });
  });
  it('counts a shift and the outings of a home until the server has, and not what was taken back', async () => {
    const first = await passage('pass');
    await passage('pass');
    await passage('refuse');
    await enqueue('override', { of: first.id, line: 0, reason: 'other', note: 'x' });
    expect(queue.tally).toMatchObject({ out: 2, passes: 2, refusals: 1, overrides: 1 });
    expect(outingsOf('9', '2022-03-15')).toBe(2);
    await enqueue('undo', { of: first.id, line: 0 });
    expect(outingsOf('9', '2022-03-15')).toBe(1);
    expect(queue.tally).toMatchObject({ out: 1, passes: 1 });
    await loadQueue();
    expect(outingsOf('9', '2022-03-15')).toBe(1);
    const sent = await waiting(10);
    await settle(sent.map(({ id }) => ({ id, result: { state: 'applied', code: '' } })));
    expect(queue).toMatchObject({ waiting: 0, tally: { out: 0, passes: 0 } });
    expect(outingsOf('9', '2022-03-15')).toBe(0);
  });
  it('brings back what was refused, with its reason, until the keeper has read it', async () => {
    const record = await enqueue('answer', { visit_id: '5', confirmed: true });
    await settle([{ id: record.id, result: { state: 'returned', code: 'visit.closed' } }]);
    await loadQueue();
    expect(queue).toMatchObject({
      waiting: 0,
      returned: [{ id: record.id, kind: 'answer', code: 'visit.closed' }],
    });
    await acknowledge(record.id);
    expect(queue.returned).toEqual([]);
  });
  it('says when there is no room, gives the number back, and goes on when there is', async () => {
    const full = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    const add = vi.spyOn(base.records, 'add').mockRejectedValueOnce(full);
    await expect(passage('pass')).rejects.toEqual(new NotKept('full'));
    expect(queue.full).toBe(true);
    add.mockRestore();
    expect((await passage('pass')).sequence).toBe(1);
    expect(queue.full).toBe(false);
  });
  it('says how much of the room is used, where the browser says so', async () => {
    vi.stubGlobal('navigator', {
      ...navigator,
      storage: { estimate: async () => ({ usage: 85, quota: 100 }) },
    });
    await measureStorage();
    expect(queue.usedShare).toBeGreaterThanOrEqual(storageWarnShare);
    vi.unstubAllGlobals();
  });
  it('knows that a shift is handed over once', async () => {
    expect(await waits('handover')).toBe(false);
    const { id } = await enqueue('handover', { note: '' });
    expect(await waits('handover')).toBe(true);
    await settle([{ id, result: { state: 'applied', code: '' } }]);
    expect(await waits('handover')).toBe(false);
  });
  it('puts what does not fit into the room held back, and warns of it until everything was sent', async () => {
    const full = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    await setReserve();
    expect(reserve.used).toBe(false);
    const add = vi.spyOn(base.records, 'add').mockRejectedValueOnce(full);
    const record = await passage('pass');
    expect([queue.waiting, queue.full, reserve.used]).toEqual([1, false, true]);
    await loadQueue(); // The page begins anew.
    expect(reserve.used).toBe(true);
    add.mockRejectedValueOnce(full);
    await expect(passage('pass')).rejects.toEqual(new NotKept('full'));
    expect(await recallKept('reserve')).toBeUndefined();
    add.mockRestore();
    await settle([{ id: record.id, result: { state: 'applied', code: '' } }]);
    await vi.waitFor(() => expect(reserve.used).toBe(false));
    expect(await recallKept('reserve')).toBeDefined();
  });
  it('gives back what cannot be opened instead of holding up the rest', async () => {
    const first = await passage('pass');
    await passage('pass');
    await base.records.update(first.id, { 'sealed.data': new ArrayBuffer(40) } as never);
    expect(ids(await waiting(10))).toEqual([2]);
    await loadQueue();
    expect(queue.returned[0]).toMatchObject({ id: first.id, code: 'record.unreadable' });
  });
});
