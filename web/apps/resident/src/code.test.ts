import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepFresh, refreshInMs } from './code';

const end = '2022-03-15T12:00:30.000+08:00';
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('fetches the next code two seconds before the end', () => {
  expect(refreshInMs(end, 30, Date.parse('2022-03-15T12:00:00.000+08:00'))).toBe(28_000);
  expect(refreshInMs(end, 30, Date.parse('2022-03-15T12:00:29.500+08:00'))).toBe(1000);
});

it('does not believe a phone whose clock is wrong', () => {
  expect(refreshInMs(end, 30, Date.parse('2022-03-15T12:10:00.000+08:00'))).toBe(15_000);
  expect(refreshInMs(end, 30, Date.parse('2022-03-15T09:00:00.000+08:00'))).toBe(15_000);
});

it('goes on after a fault, and is silent once left, whatever is under way', async () => {
  let answer: ((wait: number) => void) | undefined;
  const fetchNext = vi
    .fn<() => Promise<number>>()
    .mockRejectedValueOnce(new Error('no network'))
    .mockImplementation(() => new Promise((done) => (answer = done)));
  const fresh = keepFresh(fetchNext);
  fresh.now();
  await vi.advanceTimersByTimeAsync(3000);
  expect(fetchNext).toHaveBeenCalledTimes(2);
  fresh.stop();
  answer?.(1000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetchNext).toHaveBeenCalledTimes(2);
});

it('fetches at once when the page is shown again, and keeps one timer', async () => {
  const fetchNext = vi.fn(() => Promise.resolve(10_000));
  const fresh = keepFresh(fetchNext);
  fresh.now();
  await vi.advanceTimersByTimeAsync(4000);
  fresh.now();
  expect(fetchNext).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetchNext).toHaveBeenCalledTimes(3);
  fresh.stop();
});
