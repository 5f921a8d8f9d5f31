import { describe, expect, it } from 'vitest';
import { stepBars, stepCount } from './steps';

const from = '2022-03-15T15:05:00.000+08:00';
const row = (gate_id: string, at: string, into: number, out: number, refused: number) => ({
  gate_id,
  at: `2022-03-15T${at}:00.000+08:00`,
  in: into,
  out,
  refused,
});

describe('steps of five minutes', () => {
  it('are all there, with what came in each added up', () => {
    const bars = stepBars(
      [row('1', '15:05', 2, 1, 0), row('2', '15:05', 1, 0, 3), row('1', '17:00', 0, 5, 0)],
      from,
    );
    expect(bars).toHaveLength(stepCount);
    expect(bars[0]).toMatchObject({ through: 4, refused: 3 });
    expect(bars[1]).toMatchObject({ through: 0, refused: 0 });
    expect(bars[23]).toMatchObject({ through: 5 });
  });
  it('of one gate only', () => {
    const bars = stepBars([row('1', '15:05', 2, 1, 0), row('2', '15:05', 1, 0, 3)], from, '2');
    expect(bars[0]).toMatchObject({ through: 1, refused: 3 });
  });
  it('leave out what lies outside', () => {
    const bars = stepBars([row('1', '15:00', 9, 9, 9), row('1', '17:05', 9, 9, 9)], from);
    expect(bars.every((bar) => bar.through === 0 && bar.refused === 0)).toBe(true);
  });
});
