import { describe, expect, it } from 'vitest';
import { given, lastMoment, minutesText } from './tracing';

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
