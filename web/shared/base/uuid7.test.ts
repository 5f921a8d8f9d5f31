import { describe, expect, it } from 'vitest';
import { uuid7 } from './uuid7';

describe('uuid7', () => {
  it('writes time, version and variant where RFC 9562 wants them', () => {
    const text = uuid7(0x0123456789ab, (bytes) => bytes.fill(0xff));
    expect(text).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
  });
  it('sorts by time', () => {
    expect(uuid7(1_650_000_000_000) < uuid7(1_650_000_000_001)).toBe(true);
  });
  it('does not repeat', () => {
    expect(new Set(Array.from({ length: 1000 }, () => uuid7(1))).size).toBe(1000);
  });
});
