import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { handed, lockedIn, lockQueue, newCode, takeOver } from './handOn';
import { forgetRecords } from './memory';
import { carried, enqueue, loadQueue, queue } from './queue';
import { gathered, nothingGathered, wholeOf } from './series';
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
    const locked = lockedIn(file.text);
    await expect(takeOver(locked, 'AAAAAAAA')).rejects.toMatchObject({ code: 'handed.wrong_code' });
    await expect(takeOver(locked.slice(0, 20), file.code)).rejects.toMatchObject({
      code: 'handed.wrong_code',
    });
    for (const strange of ['{}', 'no file at all'])
      expect(() => lockedIn(strange)).toThrow(expect.objectContaining({ code: 'handed.not_ours' }));
    expect(await takeOver(locked, file.code.toLowerCase())).toBe(2);
    // The same off the screen, from the last code to the first: nothing is taken twice.
    const seen = wholeOf(file.parts.reduceRight(gathered, nothingGathered()));
    expect(await takeOver(seen!, file.code)).toBe(2);
    expect(queue).toMatchObject({ waiting: 0, carried: 2 });
    await forgetRecords(); // The other phone's shift ends before it had a network.
    const group = await carried(10);
    expect(group.carriedFor).toBe('77');
    expect(group.records.map((each) => each.sequence)).toEqual([1, 2]);
    expect(group.records[1]!.handover).toEqual({ note: '电梯在修' });
  }, 30_000); // Five keys are stretched from codes.
  it('are locked with the code of the phone that takes them, and show none', async () => {
    await enqueue('handover', { note: '电梯在修' });
    const theirs = newCode();
    const file = await lockQueue('77', ` ${theirs.toLowerCase()} `);
    expect(file.code).toBe('');
    await base.records.clear();
    expect(await takeOver(lockedIn(file.text), theirs)).toBe(1);
  }, 20_000);
});
