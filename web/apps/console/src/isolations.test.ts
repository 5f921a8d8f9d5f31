import { expect, test } from 'vitest';
import { dayLine } from './isolations';

const t = (key: string, values?: Record<string, unknown>) =>
  [key.replace('isolation.', ''), ...Object.values(values ?? {})].join(' ');

test('a row says its day, that it is over, or nothing', () => {
  expect(dayLine(t, { state: 'in_force', day: 0, days: 10 })).toBe('not_begun');
  expect(dayLine(t, { state: 'in_force', day: 1, days: 10 })).toBe('day_of 1 10');
  expect(dayLine(t, { state: 'in_force', day: 10, days: 10 })).toBe('day_of 10 10');
  expect(dayLine(t, { state: 'in_force', day: 11, days: 10 })).toBe('over');
  expect(dayLine(t, { state: 'in_force', day: 11 })).toBe('day_open 11');
  expect(dayLine(t, { state: 'proposed', day: 0, days: 10 })).toBe('');
});
