// The CBOR that our own codes are made of: deterministic, no floating-point numbers, at most 16 levels. Mirrors
// src/credential/cbor.hpp, with the same reasons; reads and writes what the phone needs and nothing else.

import { Refused } from './base45';

export class Tagged {
  constructor(
    readonly tag: number,
    readonly value: Cbor,
  ) {}
}
// Keys of maps are numbers, texts, or octets as "h'..'" texts.
export type CborKey = number | string;
export type Cbor =
  number | bigint | string | boolean | null | Uint8Array<ArrayBuffer> | Cbor[] | CborMap | Tagged;
export type CborMap = Map<CborKey, Cbor>;

const depthMax = 16;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class Reader {
  private at = 0;
  constructor(private readonly octets: Uint8Array<ArrayBuffer>) {}

  document(): Cbor {
    const value = this.item(0);
    if (this.at !== this.octets.length) throw new Refused('CBOR_TRAILING');
    return value;
  }

  private take(count: number): Uint8Array<ArrayBuffer> {
    if (count > this.octets.length - this.at) throw new Refused('CBOR_TRUNCATED');
    this.at += count;
    return this.octets.subarray(this.at - count, this.at);
  }

  // Major kind, the short number in the head, and the whole argument.
  private head(): { major: number; info: number; argument: number | bigint } {
    const first = this.take(1)[0]!;
    const major = first >> 5;
    const info = first & 0x1f;
    if (info < 24) return { major, info, argument: info };
    if (info === 31) {
      if (major === 0 || major === 1 || major === 6 || major === 7) throw new Refused('CBOR_MALFORMED');
      throw new Refused('CBOR_NOT_DETERMINISTIC');
    }
    if (info > 27) throw new Refused('CBOR_MALFORMED');
    const width = 1 << (info - 24);
    let value = 0n;
    for (const octet of this.take(width)) value = value * 256n + BigInt(octet);
    const least = width === 1 ? 24n : 1n << BigInt(4 * width);
    if (major !== 7 && value < least) throw new Refused('CBOR_NOT_DETERMINISTIC');
    return { major, info, argument: value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value };
  }

  private item(depth: number): Cbor {
    const { major, info, argument } = this.head();
    const count = Number(argument);
    switch (major) {
      case 0:
        return argument;
      case 1:
        return typeof argument === 'bigint' || argument === Number.MAX_SAFE_INTEGER
          ? -1n - BigInt(argument)
          : -1 - argument;
      case 2:
        return this.take(count);
      case 3:
        try {
          return utf8.decode(this.take(count));
        } catch (trouble) {
          throw trouble instanceof Refused ? trouble : new Refused('CBOR_NOT_UTF8');
        }
      case 4: {
        this.fits(depth, count);
        const items: Cbor[] = [];
        for (let i = 0; i < count; i += 1) items.push(this.item(depth + 1));
        return items;
      }
      case 5:
        this.fits(depth, count * 2);
        return this.map(depth, count);
      case 6:
        this.fits(depth, 1);
        return new Tagged(count, this.item(depth + 1));
      default:
        return this.simple(info);
    }
  }

  private fits(depth: number, items: number): void {
    if (items > this.octets.length - this.at) throw new Refused('CBOR_TRUNCATED');
    if (depth === depthMax) throw new Refused('CBOR_TOO_DEEP');
  }

  private map(depth: number, count: number): CborMap {
    const map: CborMap = new Map();
    let previous: Uint8Array | undefined;
    for (let i = 0; i < count; i += 1) {
      const began = this.at;
      const key = this.item(depth + 1);
      const encoded = this.octets.subarray(began, this.at);
      const order = previous ? compare(previous, encoded) : -1;
      if (order === 0) throw new Refused('CBOR_DUPLICATE_KEY');
      if (order > 0) throw new Refused('CBOR_NOT_DETERMINISTIC');
      previous = encoded;
      map.set(keyOf(key), this.item(depth + 1));
    }
    return map;
  }

  private simple(info: number): Cbor {
    if (info === 20 || info === 21) return info === 21;
    if (info === 22) return null;
    if (info === 23 || (info >= 25 && info <= 27)) throw new Refused('CBOR_NOT_DETERMINISTIC');
    throw new Refused('CBOR_MALFORMED');
  }
}

function keyOf(key: Cbor): CborKey {
  if (typeof key === 'number') return key;
  if (typeof key === 'bigint') return `${key}`;
  if (typeof key === 'string') return `"${key}"`; // Never the same as a number's text.
  if (key instanceof Uint8Array) return `h'${key.join()}'`;
  throw new Refused('CBOR_KEY_KIND');
}

export function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

export function readCbor(octets: Uint8Array<ArrayBuffer>, octetsMax = 64 * 1024): Cbor {
  if (octets.length > octetsMax) throw new Refused('CBOR_TOO_LARGE');
  return new Reader(octets).document();
}

// What is to be signed, and what is shown: numbers, texts, octets and arrays, shortest form.
export type Written = number | string | Uint8Array | Written[] | { encoded: Uint8Array };

export function writeCbor(value: Written): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  write(out, value);
  return Uint8Array.from(out);
}

function write(out: number[], value: Written): void {
  if (typeof value === 'number') head(out, value < 0 ? 1 : 0, value < 0 ? -1 - value : value);
  else if (typeof value === 'string') {
    const text = new TextEncoder().encode(value);
    head(out, 3, text.length);
    out.push(...text);
  } else if (value instanceof Uint8Array) {
    head(out, 2, value.length);
    for (const octet of value) out.push(octet);
  } else if (Array.isArray(value)) {
    head(out, 4, value.length);
    for (const item of value) write(out, item);
  } else {
    for (const octet of value.encoded) out.push(octet);
  }
}

function head(out: number[], major: number, argument: number): void {
  const width =
    argument < 24 ? 0 : argument <= 0xff ? 1 : argument <= 0xffff ? 2 : argument <= 0xffffffff ? 4 : 8;
  out.push((major << 5) | (width === 0 ? argument : 24 + Math.log2(width)));
  for (let place = width - 1; place >= 0; place -= 1) out.push(Math.floor(argument / 256 ** place) % 256);
}
