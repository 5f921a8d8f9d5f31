// The CBOR of other issuers' certificates, taken as it comes: open lengths, any width, floating-point numbers, tags passed
// over. Still strict where it matters: one document, no key twice, at most 16 levels. Mirrors the lenient rules of
// src/credential/cbor.hpp.
import { Refused } from './base45';

type Octets = Uint8Array<ArrayBuffer>;
export type Open = number | string | boolean | null | Octets | Open[] | OpenMap;
export type OpenMap = Map<number | string, Open>;

const depthMax = 16;
const octetsMax = 64 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ended = Symbol('end of an open length');

class Reader {
  private at = 0;
  private readonly view: DataView;
  constructor(private readonly octets: Octets) {
    this.view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  }

  document(): { value: Open; tags: number[] } {
    const tags: number[] = [];
    const value = this.value(0, tags);
    if (this.at !== this.octets.length) throw new Refused('CBOR_TRAILING');
    return { value, tags };
  }

  private take(count: number): Octets {
    if (count > this.octets.length - this.at) throw new Refused('CBOR_TRUNCATED');
    this.at += count;
    return this.octets.subarray(this.at - count, this.at);
  }
  private value(depth: number, tags: number[] = []): Open {
    const item = this.item(depth, tags);
    if (item === ended) throw new Refused('CBOR_MALFORMED');
    return item;
  }
  private item(depth: number, tags: number[]): Open | typeof ended {
    const first = this.take(1)[0]!;
    const [major, info] = [first >> 5, first & 0x1f];
    if (depth > depthMax) throw new Refused('CBOR_TOO_DEEP');
    if (major === 7) return this.simple(info);
    const open = info === 31;
    if (open && (major < 2 || major === 6)) throw new Refused('CBOR_MALFORMED');
    const count = open ? -1 : this.argument(info);
    if (major === 0) return count;
    if (major === 1) return -1 - count;
    if (major === 2) return open ? joined(this.chunks(2)) : this.take(count);
    if (major === 3) return textOf(open ? joined(this.chunks(3)) : this.take(count));
    if (major === 4) return this.list(depth, count);
    if (major === 5) return this.map(depth, count);
    tags.push(count);
    return this.value(depth + 1, tags);
  }
  private argument(info: number): number {
    if (info < 24) return info;
    if (info > 27) throw new Refused('CBOR_MALFORMED');
    const width = 1 << (info - 24);
    return this.take(width).reduce((sum, octet) => sum * 256 + octet, 0);
  }
  private chunks(major: number): Octets[] {
    const chunks: Octets[] = [];
    for (;;) {
      const first = this.take(1)[0]!;
      if (first === 0xff) return chunks;
      if (first >> 5 !== major || (first & 0x1f) === 31) throw new Refused('CBOR_MALFORMED');
      chunks.push(this.take(this.argument(first & 0x1f)));
    }
  }
  private list(depth: number, count: number): Open[] {
    this.fits(count);
    const items: Open[] = [];
    while (count < 0 || items.length < count) {
      const item = this.item(depth + 1, []);
      if (item === ended) {
        if (count >= 0) throw new Refused('CBOR_MALFORMED');
        break;
      }
      items.push(item);
    }
    return items;
  }
  private map(depth: number, count: number): OpenMap {
    this.fits(count * 2);
    const map: OpenMap = new Map();
    while (count < 0 || map.size < count) {
      const key = this.item(depth + 1, []);
      if (key === ended) {
        if (count >= 0) throw new Refused('CBOR_MALFORMED');
        break;
      }
      if (typeof key !== 'number' && typeof key !== 'string') throw new Refused('CBOR_KEY_KIND');
      if (map.has(key)) throw new Refused('CBOR_DUPLICATE_KEY');
      map.set(key, this.value(depth + 1));
    }
    return map;
  }
  private fits(items: number): void {
    if (items > this.octets.length - this.at) throw new Refused('CBOR_TRUNCATED');
  }
  private simple(info: number): Open | typeof ended {
    if (info === 31) return ended;
    if (info === 20 || info === 21) return info === 21;
    if (info === 22 || info === 23) return null;
    if (info < 25 || info > 27) throw new Refused('CBOR_MALFORMED');
    const from = this.at;
    this.take(1 << (info - 24));
    if (info === 26) return this.view.getFloat32(from);
    return info === 27 ? this.view.getFloat64(from) : half(this.view.getUint16(from));
  }
}

function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size =
    exponent === 31
      ? fraction
        ? NaN
        : Infinity
      : exponent === 0
        ? fraction * 2 ** -24
        : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits >> 15 ? -size : size;
}
function joined(chunks: Octets[]): Octets {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}
function textOf(octets: Octets): string {
  try {
    return utf8.decode(octets);
  } catch {
    throw new Refused('CBOR_NOT_UTF8');
  }
}

// `tags`: those around the whole, from outside in.
export function readOpen(octets: Octets): { value: Open; tags: number[] } {
  if (octets.length > octetsMax) throw new Refused('CBOR_TOO_LARGE');
  return new Reader(octets).document();
}
