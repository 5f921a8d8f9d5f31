// Points of P-256. WebCrypto takes whole points only; codes carry the shorter form.

import { Refused } from './base45';

const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % p, left = exponent; left > 0n; left >>= 1n, square = (square * square) % p)
    if (left & 1n) result = (result * square) % p;
  return result;
}

function octetsOf(number: bigint): number[] {
  return Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * (31 - i))) & 255n));
}

// y from x and whether it is odd: the curve's prime is 3 modulo 4, so a power is the root.
export function decompress(point: Uint8Array): Uint8Array<ArrayBuffer> {
  const odd = point[0] === 3;
  if (point.length !== 33 || (!odd && point[0] !== 2)) throw new Refused('KEY_UNREADABLE');
  const x = point.subarray(1).reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  const square = (x * x * x - 3n * x + b) % p;
  const root = power(square, (p + 1n) / 4n);
  if (x >= p || (root * root) % p !== square) throw new Refused('KEY_UNREADABLE');
  const y = ((root & 1n) === 1n) === odd ? root : p - root;
  return Uint8Array.from([4, ...octetsOf(x), ...octetsOf(y)]);
}

export function compress(point: Uint8Array): Uint8Array<ArrayBuffer> {
  if (point.length !== 65 || point[0] !== 4) throw new Refused('KEY_UNREADABLE');
  return Uint8Array.from([point[64]! & 1 ? 3 : 2, ...point.subarray(1, 33)]);
}
