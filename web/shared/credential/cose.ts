// COSE_Sign1 as our own codes and lists use it: tag 18, ES256, algorithm and key id protected, nothing unprotected.

import { Refused } from './base45';
import { readCbor, Tagged, writeCbor, type Cbor } from './cbor';
import { decompress } from './point';

type Octets = Uint8Array<ArrayBuffer>;

export interface CoseMessage {
  keyId: Octets;
  payload: Octets;
  signature: Octets;
  signed: Octets; // What the signature is over.
}

export const es256 = -7;

export function readCose(envelope: Cbor): CoseMessage {
  if (!(envelope instanceof Tagged) || envelope.tag !== 18) throw new Refused('COSE_TAG');
  const parts = envelope.value;
  if (!Array.isArray(parts) || parts.length !== 4) throw new Refused('COSE_SHAPE');
  const [header, other, payload, signature] = parts;
  if (!(header instanceof Uint8Array)) throw new Refused('COSE_PROTECTED');
  if (!(other instanceof Map) || other.size !== 0) throw new Refused('COSE_UNPROTECTED');
  if (payload === null) throw new Refused('COSE_DETACHED');
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) throw new Refused('COSE_SHAPE');
  if (header.length === 0) throw new Refused('COSE_PROTECTED');
  const labels = readCbor(header);
  if (!(labels instanceof Map)) throw new Refused('COSE_PROTECTED');
  const keyId = labels.get(4);
  if (labels.has(2)) throw new Refused('COSE_CRITICAL');
  if (labels.size !== 2 || !labels.has(1) || !(keyId instanceof Uint8Array))
    throw new Refused('COSE_PROTECTED');
  if (labels.get(1) !== es256) throw new Refused('ALG_UNSUPPORTED');
  return {
    keyId,
    payload,
    signature,
    signed: writeCbor(['Signature1', header, new Uint8Array(), payload]),
  };
}

// A P-256 key from its point, compressed or whole. Rejects what is none.
export async function importPoint(point: Octets): Promise<CryptoKey> {
  const whole = point.length === 33 ? decompress(point) : point;
  return crypto.subtle.importKey('raw', whole, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
}

export async function verifySignature(key: CryptoKey, octets: Octets, signature: Octets): Promise<boolean> {
  if (signature.length !== 64) return false;
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, octets);
}
