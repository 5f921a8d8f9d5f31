import { expect, it } from 'vitest';
import { refreshInMs } from './code';

it('fetches the next code two seconds before the end', () => {
  const end = '2022-03-15T12:00:30.000+08:00';
  expect(refreshInMs(end, Date.parse('2022-03-15T12:00:00.000+08:00'))).toBe(28_000);
  expect(refreshInMs(end, Date.parse('2022-03-15T12:00:29.500+08:00'))).toBe(1000);
  expect(refreshInMs(end, Date.parse('2022-03-15T12:10:00.000+08:00'))).toBe(1000);
});
