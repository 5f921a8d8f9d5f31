import { expect, test } from 'vitest';
import { instantOf, localText, share } from './rounds';

test('the times of a form are those of Shanghai', () => {
  expect(localText(Date.parse('2022-03-15T23:30:00Z'))).toBe('2022-03-16T07:30');
  expect(Date.parse(instantOf('2022-03-16T07:30'))).toBe(Date.parse('2022-03-15T23:30:00Z'));
});

test('a building is done when all who are expected were sampled, not before', () => {
  const of = (expected: number, sampled: number) =>
    share({ expected, sampled, missed: expected - sampled, exempt: 0, away: 0 });
  expect(of(0, 0)).toBe(100);
  expect(of(1000, 999)).toBe(99);
  expect(of(1000, 1000)).toBe(100);
});
