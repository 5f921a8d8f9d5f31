// Verifies our own codes ("FL1:") on a phone, without a network. Mirrors verify_fl of src/credential/fl.cpp; the same
// vectors (vectors.json) prove both. Facts come out, never a verdict about passing: that is the gate's rule.

import { fromBase45, Refused, toBase45 } from './base45';
import { lifetimeMaxMs, readClaims, type FlClaims } from './claims';
import { readCbor, writeCbor, type Cbor } from './cbor';
import { importPoint, readCose, verifySignature } from './cose';
import { hexOf, isRevoked, type IssuerKey, type RevocationList, type TrustList } from './lists';

type Octets = Uint8Array<ArrayBuffer>;

export const prefix = 'FL1:';
const stepMs = 15_000;
const stepsOffMax = 2;
const issuedAheadMaxMs = 120_000;
export const revocationAgeMaxMs = 24 * 3_600_000;

export interface FlChecks {
  context?: boolean;
  base45?: boolean;
  cose?: boolean;
  cwt?: boolean;
  kid?: boolean;
  signature?: boolean;
  time?: boolean;
  revocation?: boolean; // Undefined: the lists at hand cannot say.
  holder?: boolean; // Undefined: bound to no phone.
}
export interface FlReading {
  verdict: 'accept' | 'reject' | 'unknown';
  reason: string; // Of the first failure; empty if there is none.
  checks: FlChecks;
  claims?: FlClaims; // To be believed only if the verdict is not "reject".
  step?: number; // Of the phone that showed it: with the code id, what a gate saw already.
  copyable: boolean; // No phone vouches for it: a picture of it is as good.
}

export function holderStep(nowMs: number): number {
  return Math.floor(nowMs / stepMs);
}
export function holderOctets(codeId: Uint8Array, step: number): Octets {
  return writeCbor(['FL1-holder', codeId, step]);
}
// What the phone shows: the code as issued ("FL1:..."), the step and its own signature.
export function presented(code: string, step: number, signature: Uint8Array): string {
  return prefix + toBase45(writeCbor([{ encoded: fromBase45(code.slice(prefix.length)) }, step, signature]));
}

function takenApart(root: Cbor): { code: Cbor; step?: number; phoneSignature?: Octets } {
  if (!Array.isArray(root)) return { code: root };
  const [code, step, signature] = root;
  if (
    root.length !== 3 ||
    code === undefined ||
    typeof step !== 'number' ||
    step < 0 ||
    step > 0xffffffff ||
    !(signature instanceof Uint8Array)
  )
    throw new Refused('FL_SHAPE');
  return { code, step, phoneSignature: signature };
}

// What a code says, believed or not; nothing if it says nothing.
export function claimsUnverified(text: string): FlClaims | undefined {
  try {
    return readClaims(readCose(takenApart(readCbor(fromBase45(text.slice(prefix.length)))).code).payload);
  } catch {
    return undefined;
  }
}

function keyTrouble(key: IssuerKey | undefined, claims: FlClaims): string {
  if (!key) return 'KID_UNKNOWN';
  if (key.withdrawn) return 'KID_WITHDRAWN';
  return key.issuer === claims.issuer ? '' : 'KID_OTHER_ISSUER';
}

function timeTrouble(claims: FlClaims, key: IssuerKey, nowMs: number): string {
  if (claims.issuedAt > nowMs + issuedAheadMaxMs) return 'TIME_NOT_YET';
  if (nowMs >= claims.expiresAt) return 'TIME_EXPIRED';
  if (claims.expiresAt - claims.issuedAt > lifetimeMaxMs(claims)) return 'TIME_LIVES_TOO_LONG';
  if (claims.issuedAt < key.validFromMs || claims.issuedAt >= key.validUntilMs) return 'TIME_OUTSIDE_KEY';
  return '';
}

async function holderTrouble(
  claims: FlClaims,
  nowMs: number,
  step?: number,
  signature?: Octets,
): Promise<string> {
  if (step === undefined || !signature) return 'HOLDER_MISSING';
  if (Math.abs(step - holderStep(nowMs)) > stepsOffMax) return 'HOLDER_STALE';
  let phone;
  try {
    phone = await importPoint(claims.holder!);
  } catch {
    return 'HOLDER_KEY_UNREADABLE';
  }
  const good = await verifySignature(phone, holderOctets(claims.codeId, step), signature);
  return good ? '' : 'HOLDER_WRONG';
}

// `revocations`: the newest list of each community at hand.
export async function verifyFl(
  text: string,
  trust: TrustList,
  revocations: readonly RevocationList[],
  nowMs: number,
): Promise<FlReading> {
  const reading: FlReading = { verdict: 'reject', reason: '', checks: {}, copyable: true };
  const note = (check: keyof FlChecks, trouble: string): boolean => {
    reading.checks[check] = trouble === '';
    reading.reason ||= trouble;
    return trouble === '';
  };
  // Runs one layer; its refusal is the answer.
  const layer = <T>(check: keyof FlChecks, run: () => T): T | undefined => {
    try {
      const made = run();
      note(check, '');
      return made;
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      note(check, trouble.reason);
      return undefined;
    }
  };
  if (!note('context', text.startsWith(prefix) ? '' : 'CONTEXT_UNKNOWN')) return reading;
  const octets = layer('base45', () => fromBase45(text.slice(prefix.length)));
  if (!octets) return reading;
  const message = layer('cose', () => {
    const { code, step, phoneSignature } = takenApart(readCbor(octets));
    return { ...readCose(code), step, phoneSignature };
  });
  if (!message) return reading;
  reading.step = message.step;
  const claims = layer('cwt', () => readClaims(message.payload));
  if (!claims) return reading;
  reading.claims = claims;
  reading.copyable = !claims.holder;

  const key = trust.keys.get(hexOf(message.keyId));
  note('kid', keyTrouble(key, claims));
  if (!key) return reading;
  const good = await verifySignature(key.key, message.signed, message.signature);
  note('signature', good ? '' : message.signature.length === 64 ? 'SIGNATURE_WRONG' : 'SIGNATURE_LENGTH');
  note('time', timeTrouble(claims, key, nowMs));
  const revoked = isRevoked(revocations, claims.issuer, claims.codeId, nowMs, revocationAgeMaxMs);
  if (revoked !== undefined) note('revocation', revoked ? 'REVOCATION_REVOKED' : '');
  if (claims.holder) note('holder', await holderTrouble(claims, nowMs, message.step, message.phoneSignature));
  else if (message.step !== undefined) note('holder', 'HOLDER_UNASKED');
  if (reading.reason) return reading;
  reading.verdict = revoked === undefined ? 'unknown' : 'accept';
  if (revoked === undefined) reading.reason = 'REVOCATION_UNKNOWN';
  return reading;
}
