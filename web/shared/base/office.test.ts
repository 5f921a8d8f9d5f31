import { describe, expect, it } from 'vitest';
import { callHref, fingerprintLines } from './office';

describe('office', () => {
  it('dials what is written with spaces and brackets', () => {
    expect(callHref('+86 (931) 848-0000')).toBe('tel:+869318480000');
  });
  it('cuts a fingerprint into eight groups of four', () => {
    const pairs = Array.from({ length: 32 }, (_, at) => (at + 160).toString(16).toUpperCase());
    const lines = fingerprintLines(pairs.join(':'));
    expect(lines).toHaveLength(8);
    expect(lines.join(' ')).toBe(pairs.join(' '));
    expect(fingerprintLines('')).toEqual([]);
  });
});
