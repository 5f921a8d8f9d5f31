import { describe, expect, it } from 'vitest';
import type { TraceRow } from '@shared/api/types';
import { given, lastMoment, minutesText, progressOf, rowsOf } from './tracing';

describe('what an officer asks otherwise', () => {
  it('leaves out what was not typed, and keeps a nought', () => {
    expect(given({ lookback_days: 4, linger_minutes: '', close_minutes_min: 0 })).toEqual({
      lookback_days: 4,
      close_minutes_min: 0,
    });
  });
});

describe('the tracer’s words', () => {
  it('says minutes, at least one', () => {
    expect([0, 29, 60, 89, 90, 3600].map(minutesText)).toEqual(['1', '1', '1', '1', '2', '60']);
  });
  it('leaves the day out where it is the same', () => {
    const first = '2022-03-15T08:30:00.000+08:00';
    expect(lastMoment(first, '2022-03-15T08:36:00.000+08:00')).toBe('08:36');
    expect(lastMoment(first, '2022-03-16T08:36:00.000+08:00')).toBe('03-16 08:36');
    expect(lastMoment(undefined, undefined)).toBe('');
  });
});

describe('the rows of a list', () => {
  const row = (row_id: string, rest: Partial<TraceRow>) =>
    ({ row_id, calls: 0, category: 'general_contact', next_action: 'call', ...rest }) as TraceRow;
  const rows = [
    row('1', { category: 'close_contact', calls: 2, last_outcome: 'reached', next_action: 'done' }),
    row('2', { calls: 1, last_outcome: 'not_reached', objection: 'open' }),
    row('3', { category: 'not_a_contact', next_action: 'done', objection: 'upheld' }),
  ];
  const ids = (...asked: Parameters<typeof rowsOf>) => rowsOf(...asked).map((one) => one.row_id);
  it('are chosen by what is left to do, and the open one stays', () => {
    expect(ids(rows, 'all')).toEqual(['1', '2', '3']);
    expect(ids(rows, 'open')).toEqual(['2']);
    expect(ids(rows, 'open', '1')).toEqual(['1', '2']);
    expect(ids(rows, 'close')).toEqual(['1']);
    expect(ids(rows, 'objected')).toEqual(['2']);
  });
  it('are counted as the server counts them', () => {
    expect(progressOf(rows)).toEqual({ rows: 3, called: 3, reached: 1 });
  });
});
