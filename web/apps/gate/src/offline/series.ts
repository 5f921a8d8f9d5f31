// Octets as a series of QR codes, shown one after the other and over again, and gathered in whatever order a camera catches
// them. Each code says which series it is of, which part, and of how many; what the octets mean is not its business.
import { fromBase45, Refused, toBase45 } from '@shared/credential/base45';

type Octets = Uint8Array<ArrayBuffer>;

// "FLQ:ABCD:3/12:..." — all of it in the small alphabet of a QR code. With 160 octets a code stays at version 10: coarse
// enough for one phone to read off the other's screen at arm's length.
const prefix = 'FLQ:';
const octetsEach = 160;
export const partsMax = 999;
const shape = /^FLQ:([A-Z0-9]{4}):(\d{1,3})\/(\d{1,3}):([0-9A-Z $%*+\-./:]+)$/;

// Nothing if it is too much to be shown.
export function partsOf(octets: Octets, series: string): string[] {
  const count = Math.max(1, Math.ceil(octets.length / octetsEach));
  if (count > partsMax) return [];
  return Array.from({ length: count }, (_, at) => {
    const part = octets.subarray(at * octetsEach, (at + 1) * octetsEach);
    return `${prefix}${series}:${at + 1}/${count}:${toBase45(part)}`;
  });
}

export interface Gathered {
  series: string;
  count: number; // 0: nothing seen yet.
  parts: Map<number, Octets>;
}
export const nothingGathered = (): Gathered => ({ series: '', count: 0, parts: new Map() });

// With one more part; another series begins anew, for that is what the other phone shows now. The same object if the text
// brought nothing.
export function gathered(before: Gathered, text: string): Gathered {
  const [, series, at, of, body] = shape.exec(text) ?? [];
  const number = Number(at);
  const count = Number(of);
  if (!series || !body || number < 1 || number > count) return before;
  const same = before.series === series && before.count === count;
  if (same && before.parts.has(number)) return before;
  try {
    const parts = new Map(same ? before.parts : []);
    parts.set(number, fromBase45(body));
    return { series, count, parts };
  } catch (fault) {
    if (fault instanceof Refused) return before;
    throw fault;
  }
}
export const missingOf = ({ count, parts }: Gathered): number[] =>
  Array.from({ length: count }, (_, at) => at + 1).filter((number) => !parts.has(number));

// The whole; nothing while a part is missing.
export function wholeOf(all: Gathered): Octets | undefined {
  if (!all.count || all.parts.size < all.count) return undefined;
  const parts = Array.from({ length: all.count }, (_, at) => all.parts.get(at + 1)!);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
