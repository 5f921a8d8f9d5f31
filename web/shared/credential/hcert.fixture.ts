// For tests: health certificates of issuers that exist for one test only.
import { deflateSync } from 'node:zlib';
import { toBase45, toBase64 } from './base45';
import { writeCbor, type Written } from './cbor';
import type { HealthSigner } from './hcert';

export const nowMs = Date.parse('2022-03-15T12:00:00+08:00');
type Maps = Map<number | string, Value>;
type Value = Written | Maps | Value[];

// CBOR as issuers write it: `open` gives every map an open length.
export function encoded(value: Value, open = false): Uint8Array {
  if (Array.isArray(value))
    return Uint8Array.from([0x80 + value.length, ...value.flatMap((each) => [...encoded(each, open)])]);
  if (!(value instanceof Map)) return writeCbor(value);
  const members = [...value].flatMap((pair) => pair.flatMap((each) => [...encoded(each, open)]));
  return Uint8Array.from(open ? [0xbf, ...members, 0xff] : [0xa0 + value.size, ...members]);
}
export const mapOf = (object: Record<string, Value>): Maps => new Map(Object.entries(object));

export interface Recipe {
  health?: Record<string, Value>;
  issuedS?: Value;
  expiresS?: Value;
  open?: boolean;
  around?: number[]; // Tags, as octets.
  unprotectedKeyId?: boolean;
  signature?: (right: Uint8Array) => Uint8Array;
  compressed?: (right: Uint8Array) => Uint8Array;
}
export const test = mapOf({ tt: 'LP6464-4', tr: '260415000', sc: '2022-03-15T01:00:00Z' });

export async function newIssuer(kind: 'p256' | 'rsa' = 'p256') {
  const ec = kind === 'p256';
  const pair = (await crypto.subtle.generateKey(
    ec
      ? { name: 'ECDSA', namedCurve: 'P-256' }
      : {
          name: 'RSA-PSS',
          modulusLength: 2048,
          publicExponent: Uint8Array.from([1, 0, 1]),
          hash: 'SHA-256',
        },
    true,
    ['sign', 'verify'],
  )) as CryptoKeyPair;
  const keyId = crypto.getRandomValues(new Uint8Array(8));
  const signer: HealthSigner = {
    key_id: Array.from(keyId, (octet) => octet.toString(16).padStart(2, '0')).join(''),
    key: toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))),
    valid_from: '2022-01-01T00:00:00.000+08:00',
    valid_until: '2022-12-31T00:00:00.000+08:00',
    kinds: ['test', 'vaccination', 'recovery'],
  };
  const certificate = async (recipe: Recipe = {}): Promise<string> => {
    const { open = false } = recipe;
    const labels: [number, Value][] = [[1, ec ? -7 : -37]];
    const header = encoded(new Map(recipe.unprotectedKeyId ? labels : [...labels, [4, keyId]]));
    const other = new Map<number, Value>(recipe.unprotectedKeyId ? [[4, keyId]] : []);
    const health = { nam: mapOf({ fn: '王', gn: '小明' }), dob: '1990-03-07', t: [test], ...recipe.health };
    const claims = new Map<number, Value>([
      [1, 'AT'],
      [4, recipe.expiresS ?? nowMs / 1000 + 3600],
      [6, recipe.issuedS ?? nowMs / 1000 - 60],
      [-260, new Map([[1, mapOf(health)]])],
    ]);
    const payload = encoded(claims, open);
    const signed = writeCbor(['Signature1', header, new Uint8Array(), payload]);
    const how = ec ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'RSA-PSS', saltLength: 32 };
    const right = new Uint8Array(await crypto.subtle.sign(how, pair.privateKey, signed));
    const parts = [header, { encoded: encoded(other) }, payload, recipe.signature?.(right) ?? right];
    const message = Uint8Array.from([...(recipe.around ?? [0xd2]), ...writeCbor(parts)]);
    const compressed = new Uint8Array(deflateSync(message));
    return `HC1:${toBase45(recipe.compressed?.(compressed) ?? compressed)}`;
  };
  return { signer, certificate };
}
