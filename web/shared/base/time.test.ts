import { describe, expect, it } from 'vitest';
import { clockText, dayText, instantText, momentText } from './time';

describe('time of the place', () => {
  const lateUtc = Date.UTC(2022, 2, 31, 16, 0, 5);
  it.each([
    ['instant', instantText(lateUtc), '2022-04-01T00:00:05.000+08:00'],
    ['clock', clockText(lateUtc), '00:00:05'],
    ['day', dayText(lateUtc), '2022-04-01'],
    ['moment', momentText('2022-03-31T16:00:05Z'), '04-01 00:00'],
    ['no moment', momentText(undefined), ''],
    ['bad moment', momentText('soon'), ''],
  ])('%s', (_, said, expected) => expect(said).toBe(expected));
});
