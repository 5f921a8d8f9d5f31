import { describe, expect, it } from 'vitest';
import { lastMoment, minutesText } from './tracing';

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
