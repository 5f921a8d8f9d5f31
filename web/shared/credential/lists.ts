// The two lists that a gate's phone carries: trusted issuer keys, signed by a root that is kept offline, and revoked
// codes, signed by a trusted key of the community. Mirrors src/credential/lists.hpp.

import { Refused } from './base45';
import { compare, readCbor, type Cbor } from './cbor';
import { importPoint, readCose, verifySignature, type CoseMessage } from './cose';

type Octets = Uint8Array<ArrayBuffer>;

export interface IssuerKey {
  keyId: Octets;
  key: CryptoKey;
  issuer: string;
  validFromMs: number;
  validUntilMs: number;
  withdrawn: boolean;
}
export interface TrustList {
  number: number;
  issuedAtMs: number;
  notAfterMs: number;
  keys: Map<string, IssuerKey>; // By hexOf(key id).
}
export interface RevocationList {
  number: number;
  issuedAtMs: number;
  notAfterMs: number;
  issuer: string;
  codeIds: Octets; // 8 octets each, ascending.
}

const listOctetsMax = 1 << 20;

export function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

async function keyIdOf(key: CryptoKey): Promise<Octets> {
  const der = await crypto.subtle.exportKey('spki', key);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', der)).slice(0, 8);
}

function timeMs(found: Cbor | undefined): number {
  if (typeof found !== 'number' || found < 0 || found > 0xffffffff) throw new Refused('LIST_SHAPE');
  return found * 1000;
}

async function checked(message: CoseMessage, key: CryptoKey): Promise<void> {
  if (!(await verifySignature(key, message.signed, message.signature))) throw new Refused('LIST_SIGNATURE');
}

function head(payload: Octets, format: number, members: number) {
  const map = readCbor(payload, listOctetsMax);
  if (!(map instanceof Map) || map.size !== members || map.get(1) !== format) throw new Refused('LIST_SHAPE');
  const number = map.get(2);
  if (typeof number !== 'number' || number <= 0) throw new Refused('LIST_SHAPE');
  return { map, number, issuedAtMs: timeMs(map.get(3)), notAfterMs: timeMs(map.get(4)) };
}

async function readKey(row: Cbor): Promise<IssuerKey> {
  if (!Array.isArray(row) || row.length !== 6) throw new Refused('LIST_SHAPE');
  const [keyId, point, issuer, from, until, withdrawn] = row;
  if (
    !(keyId instanceof Uint8Array) ||
    keyId.length !== 8 ||
    !(point instanceof Uint8Array) ||
    point.length !== 65 ||
    typeof issuer !== 'string' ||
    typeof withdrawn !== 'boolean'
  )
    throw new Refused('LIST_SHAPE');
  let key;
  try {
    key = await importPoint(point);
  } catch {
    throw new Refused('KEY_UNREADABLE');
  }
  if (compare(await keyIdOf(key), keyId) !== 0) throw new Refused('LIST_SHAPE');
  return { keyId, key, issuer, validFromMs: timeMs(from), validUntilMs: timeMs(until), withdrawn };
}

export async function readTrustList(octets: Octets, root: Octets, nowMs: number): Promise<TrustList> {
  const message = readCose(readCbor(octets, listOctetsMax));
  const rootKey = await importPoint(root);
  if (compare(await keyIdOf(rootKey), message.keyId) !== 0) throw new Refused('LIST_ROOT_UNKNOWN');
  await checked(message, rootKey);
  const { map, ...list } = head(message.payload, 1, 5);
  const rows = map.get(5);
  if (!Array.isArray(rows)) throw new Refused('LIST_SHAPE');
  const keys = new Map<string, IssuerKey>();
  let previous: Octets | undefined;
  for (const row of rows) {
    const key = await readKey(row);
    if (previous && compare(previous, key.keyId) >= 0) throw new Refused('LIST_ORDER');
    previous = key.keyId;
    keys.set(hexOf(key.keyId), key);
  }
  if (nowMs > list.notAfterMs) throw new Refused('LIST_TOO_OLD');
  return { ...list, keys };
}

export async function readRevocations(octets: Octets, trust: TrustList): Promise<RevocationList> {
  const message = readCose(readCbor(octets, listOctetsMax));
  const key = trust.keys.get(hexOf(message.keyId));
  if (!key || key.withdrawn) throw new Refused('LIST_ROOT_UNKNOWN');
  await checked(message, key.key);
  const { map, ...list } = head(message.payload, 2, 6);
  const codeIds = map.get(6);
  if (map.get(5) !== key.issuer || !(codeIds instanceof Uint8Array) || codeIds.length % 8 !== 0)
    throw new Refused('LIST_SHAPE');
  for (let at = 8; at < codeIds.length; at += 8)
    if (compare(codeIds.subarray(at - 8, at), codeIds.subarray(at, at + 8)) >= 0)
      throw new Refused('LIST_ORDER');
  return { ...list, issuer: key.issuer, codeIds };
}

export function holds(list: RevocationList, codeId: Uint8Array): boolean {
  let from = 0;
  let until = list.codeIds.length / 8;
  while (from < until) {
    const middle = (from + until) >> 1;
    const order = compare(list.codeIds.subarray(middle * 8, middle * 8 + 8), codeId);
    if (order === 0) return true;
    if (order < 0) from = middle + 1;
    else until = middle;
  }
  return false;
}

// Whether a code is revoked; undefined if the lists at hand cannot say. A revocation holds for good; only "not revoked"
// can be too old to be believed.
export function isRevoked(
  lists: readonly RevocationList[],
  issuer: string,
  codeId: Uint8Array,
  nowMs: number,
  ageMaxMs: number,
): boolean | undefined {
  const list = lists.find((each) => each.issuer === issuer);
  if (!list) return undefined;
  if (holds(list, codeId)) return true;
  return nowMs > list.notAfterMs || nowMs - list.issuedAtMs > ageMaxMs ? undefined : false;
}
