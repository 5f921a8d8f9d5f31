import { expect, it, vi } from 'vitest';
import { useWork } from './work';

it('does one thing at a time, keeps what went wrong, and forgets it with the next', async () => {
  const { busy, fault, doing } = useWork();
  let finish: () => void = () => undefined;
  const first = doing(() => new Promise<void>((done) => (finish = done)));
  const second = vi.fn(() => Promise.resolve());
  await doing(second);
  expect(second).not.toHaveBeenCalled();
  expect(busy.value).toBe(true);
  finish();
  await first;
  expect(busy.value).toBe(false);
  await doing(() => Promise.reject(new Error('no network')));
  expect(fault.value).toBeInstanceOf(Error);
  await doing(second);
  expect(second).toHaveBeenCalledOnce();
  expect(fault.value).toBeNull();
});
