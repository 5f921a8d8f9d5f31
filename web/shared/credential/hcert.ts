// A health certificate in the form of the EU and the WHO ("HC1:"), verified on this phone: base 45, zlib, COSE, CWT, the
// signature of a key that the gate's pack names, times and use. Says what it holds; decides nothing about a person.
// Mirrors src/credential/hcert.hpp, with the same reasons; the first failure ends it.
import type { components } from '@shared/api/openapi';
import { fromBase45, fromBase64, Refused } from './base45';
import { writeCbor } from './cbor';
import { hexOf } from './lists';
import { readOpen, type Open, type OpenMap } from './openCbor';

type Octets = Uint8Array<ArrayBuffer>;
export type HealthSigner = components['schemas']['HealthSigner'];
export type Kind = HealthSigner['kinds'][number];

export interface Hcert {
  issuer: string;
  issuedAtMs: number;
  family: string;
  given: string;
  bornOn: string;
  kind: Kind;
  entry: OpenMap; // The first test, vaccination or recovery.
}

const prefix = 'HC1:';
const inflatedMax = 64 * 1024;
const [es256, ps256] = [-7, -37];

export const textIn = (map: OpenMap, key: string): string => {
  const found = map.get(key);
  return typeof found === 'string' ? found : '';
};

async function inflate(octets: Octets): Promise<Octets> {
  const out: Octets[] = [];
  let size = 0;
  try {
    const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream('deflate'));
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > inflatedMax) {
        void reader.cancel();
        throw new Refused('ZLIB_TOO_LARGE');
      }
      out.push(value as Octets);
    }
  } catch (trouble) {
    throw trouble instanceof Refused ? trouble : new Refused('ZLIB_CORRUPT');
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const each of out) {
    whole.set(each, at);
    at += each.length;
  }
  // Not every engine minds what stands behind the end.
  const { byteOffset, byteLength, buffer } = octets;
  if (byteLength < 4 || new DataView(buffer, byteOffset + byteLength - 4).getUint32(0) !== adler32(whole))
    throw new Refused('ZLIB_TRAILING');
  return whole;
}
function adler32(octets: Octets): number {
  let [low, high] = [1, 0];
  for (const octet of octets) {
    low = (low + octet) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}

interface Message {
  algorithm: Open | undefined;
  keyId: string;
  payload: Octets;
  signature: Octets;
  signed: Octets;
}
function readMessage(octets: Octets): Message {
  const { value, tags } = readOpen(octets);
  // COSE's own tag, or CWT's around it, or none.
  if (!['', '18', '61,18'].includes(tags.join())) throw new Refused('COSE_TAG');
  if (!Array.isArray(value) || value.length !== 4) throw new Refused('COSE_SHAPE');
  const [header, other, payload, signature] = value;
  if (!(header instanceof Uint8Array)) throw new Refused('COSE_PROTECTED');
  if (!(other instanceof Map)) throw new Refused('COSE_UNPROTECTED');
  if (!(payload instanceof Uint8Array)) throw new Refused('COSE_DETACHED');
  if (!(signature instanceof Uint8Array)) throw new Refused('COSE_SHAPE');
  const guarded = header.length ? readOpen(header).value : new Map();
  if (!(guarded instanceof Map)) throw new Refused('COSE_PROTECTED');
  if (guarded.has(2) || other.has(2)) throw new Refused('COSE_CRITICAL');
  const label = (key: number) => guarded.get(key) ?? other.get(key); // What is protected counts.
  const keyId = label(4);
  return {
    algorithm: label(1),
    keyId: keyId instanceof Uint8Array ? hexOf(keyId) : '',
    payload,
    signature,
    signed: writeCbor(['Signature1', header, new Uint8Array(), payload]),
  };
}

async function holdsFor(signer: HealthSigner, message: Message): Promise<boolean> {
  const ec = message.algorithm === es256;
  const kind = ec
    ? { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    : { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 };
  if (ec && message.signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey('spki', fromBase64(signer.key), kind, false, ['verify']);
    return await crypto.subtle.verify(kind, key, message.signature, message.signed);
  } catch {
    return false; // A key of the other kind.
  }
}
async function signerOf(signers: readonly HealthSigner[], message: Message): Promise<HealthSigner> {
  const meant = signers.filter((each) => each.key_id === message.keyId);
  if (!meant.length) throw new Refused(message.keyId ? 'KID_UNKNOWN' : 'KID_MISSING');
  if (message.algorithm !== es256 && message.algorithm !== ps256) throw new Refused('ALG_UNSUPPORTED');
  for (const each of meant) if (await holdsFor(each, message)) return each;
  throw new Refused('SIGNATURE_WRONG');
}

const secondsIn = (claims: OpenMap, claim: number): number => {
  const found = claims.get(claim);
  if (typeof found !== 'number' || !Number.isFinite(found)) throw new Refused('TIME_MISSING');
  return Math.trunc(found);
};
function checkTimes(claims: OpenMap, signer: HealthSigner, nowMs: number): number {
  const [issued, expires] = [secondsIn(claims, 6), secondsIn(claims, 4)];
  const now = Math.floor(nowMs / 1000);
  if (now < issued) throw new Refused('TIME_NOT_YET');
  if (now > expires) throw new Refused('TIME_EXPIRED');
  const edge = (text: string) => Math.floor(Date.parse(text) / 1000);
  if (issued < edge(signer.valid_from) || issued > edge(signer.valid_until))
    throw new Refused('TIME_OUTSIDE_CERTIFICATE');
  return issued * 1000;
}

const lists: [string, Kind][] = [
  ['t', 'test'],
  ['v', 'vaccination'],
  ['r', 'recovery'],
];
function entriesOf(health: OpenMap): { kind: Kind; entry: OpenMap }[] {
  return lists.flatMap(([key, kind]) => {
    const found = health.get(key);
    if (!Array.isArray(found) || !found.length) return [];
    const [entry] = found;
    return [{ kind, entry: entry instanceof Map ? entry : new Map() }];
  });
}
function healthOf(claims: Open): { claims: OpenMap; health: OpenMap } {
  if (!(claims instanceof Map)) throw new Refused('CWT_NOT_A_MAP');
  const around = claims.get(-260);
  const health = around instanceof Map ? around.get(1) : undefined;
  if (!(health instanceof Map)) throw new Refused('CWT_NO_CERTIFICATE');
  return { claims, health };
}

// A fault is a Refused with the reason of the layer.
export async function readHcert(
  text: string,
  signers: readonly HealthSigner[],
  nowMs: number,
): Promise<Hcert> {
  if (!text.startsWith(prefix)) throw new Refused('CONTEXT_UNKNOWN');
  const message = readMessage(await inflate(fromBase45(text.slice(prefix.length))));
  const { claims, health } = healthOf(readOpen(message.payload).value);
  const signer = await signerOf(signers, message);
  const issuedAtMs = checkTimes(claims, signer, nowMs);
  const entries = entriesOf(health);
  if (!entries.every(({ kind }) => signer.kinds.includes(kind)))
    throw new Refused('KEYUSAGE_NOT_FOR_THIS_KIND');
  const first = entries[0] ?? { kind: 'recovery' as const, entry: new Map() };
  const name = health.get('nam');
  const named = name instanceof Map ? name : new Map();
  const issuer = claims.get(1);
  return {
    issuer: typeof issuer === 'string' ? issuer.slice(0, 40) : '',
    issuedAtMs,
    family: textIn(named, 'fn'),
    given: textIn(named, 'gn'),
    bornOn: textIn(health, 'dob'),
    ...first,
  };
}
