import { describe, expect, it } from 'vitest';
import { isOpen } from './community';
import { hourBars } from './hours';

const row = (gate_id: string, hour: number, into: number, out: number, refused = 0) => ({
  gate_id,
  hour,
  in: into,
  out,
  refused,
});

describe('hours', () => {
  it('fills the hours between and adds the gates up', () => {
    expect(hourBars([row('1', 8, 2, 1), row('2', 8, 1, 0, 4), row('1', 10, 5, 5)])).toEqual([
      { hour: 8, through: 4, refused: 4 },
      { hour: 9, through: 0, refused: 0 },
      { hour: 10, through: 10, refused: 0 },
    ]);
  });
  it('shows one gate alone', () => {
    expect(hourBars([row('1', 8, 2, 1), row('2', 9, 1, 0)], '2')).toEqual([
      { hour: 9, through: 1, refused: 0 },
    ]);
  });
  it('is empty before anybody came', () => expect(hourBars([])).toEqual([]));
});

describe('alarms', () => {
  const alarm = (seers: number) =>
    ({
      seen_by: Array.from({ length: seers }, () => ({ account_id: '1', display_name: '', at: '' })),
      needs: 2,
    }) as never;
  it('stay open until two have seen them', () => {
    expect([0, 1, 2, 3].map((seers) => isOpen(alarm(seers)))).toEqual([true, true, false, false]);
  });
});
