import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { handed, lockQueue, takeOver } from './handOn';
import { carried, enqueue, loadQueue, queue } from './queue';
import { base } from './vault';

beforeEach(async () => {
  await base.records.clear();
  await base.kept.clear();
  await loadQueue();
});

describe('records handed to another phone', () => {
  it('cross in a file that only its code opens, once, for the phone that made them', async () => {
    await enqueue('override', { of: 'x', reason: 'other', note: '救护车在门口' });
    await enqueue('handover', { note: '电梯在修' });
    const file = await lockQueue('77');
    expect(file).toMatchObject({ count: 2, code: expect.stringMatching(/^[A-Z2-9]{8}$/) });
    expect(file.text).not.toContain('override');
    await handed();
    expect(queue).toMatchObject({ waiting: 0, handed: 2 });

    await base.records.clear(); // The other phone.
    await expect(takeOver(file.text, 'AAAAAAAA')).rejects.toMatchObject({ code: 'handed.wrong_code' });
    await expect(takeOver('{}', file.code)).rejects.toMatchObject({ code: 'handed.not_ours' });
    await expect(takeOver('no file at all', file.code)).rejects.toMatchObject({ code: 'handed.not_ours' });
    expect(await takeOver(file.text, file.code.toLowerCase())).toBe(2);
    expect(await takeOver(file.text, file.code)).toBe(2);
    expect(queue).toMatchObject({ waiting: 0, carried: 2 });
    const group = await carried(10);
    expect(group.carriedFor).toBe('77');
    expect(group.records.map((each) => each.sequence)).toEqual([1, 2]);
    expect(group.records[1]!.handover).toEqual({ note: '电梯在修' });
  }, 30_000); // Five keys are stretched from codes.
});
