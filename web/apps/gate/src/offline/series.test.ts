import { describe, expect, it } from 'vitest';
import { gathered, missingOf, nothingGathered, partsMax, partsOf, wholeOf } from './series';

const octets = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 37) % 256);
const gatherAll = (parts: string[]) => parts.reduce(gathered, nothingGathered());

describe('a series of codes', () => {
  it('comes together in any order, with repetitions and strangers between', () => {
    const parts = partsOf(octets(700), 'AB12');
    expect(parts).toHaveLength(5);
    const [first, second, third, fourth, fifth] = parts as [string, string, string, string, string];
    const seen = gatherAll([fourth, 'FL1:ABC', second, fourth, 'FLQ:AB12:9/5:AB', fifth, first]);
    expect(missingOf(seen)).toEqual([3]);
    expect(wholeOf(seen)).toBeUndefined();
    expect(wholeOf(gathered(seen, third))).toEqual(octets(700));
  });
  it('stays in the small alphabet of a QR code and within version 10', () => {
    for (const part of partsOf(octets(2000), 'ZZ99')) {
      expect(part).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
      expect(part.length).toBeLessThanOrEqual(311); // Version 10, level M.
    }
  });
  it('begins anew when another series is shown', () => {
    const before = gatherAll(partsOf(octets(300), 'AAAA').slice(0, 1));
    const after = gathered(before, partsOf(octets(500), 'BBBB')[1]!);
    expect([after.series, after.count, [...after.parts.keys()]]).toEqual(['BBBB', 4, [2]]);
  });
  it('takes nothing from a damaged part, and shows nothing that is too much', () => {
    const before = gatherAll(partsOf(octets(300), 'AAAA').slice(0, 1));
    for (const text of [
      'FLQ:AAAA:2/2:A',
      'FLQ:AAAA:0/2:AB',
      'FLQ:AAAA:2/2:::::',
      'FLQ:AAAA:2/2:',
      'FLQ:aaaa:2/2:AB',
    ])
      expect(gathered(before, text)).toBe(before);
    expect(partsOf(octets(160 * partsMax + 1), 'AAAA')).toEqual([]);
  });
});
