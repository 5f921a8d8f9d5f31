// The claims of our own codes: the same shape and limits as src/credential/fl_claims.cpp.

import { Refused } from './base45';
import { readCbor, type Cbor, type CborMap } from './cbor';

export const roles = ['resident', 'visitor', 'courier', 'volunteer'] as const;
export const colours = ['green', 'yellow', 'red'] as const;
export const grades = ['signed_code', 'connector', 'visual'] as const;
export const natStates = ['sampled', 'testing', 'negative', 'pool_abnormal', 'positive', 'invalid'] as const;
export const papers = ['none', 'elder', 'minor', 'disabled'] as const;

export interface FlClaims {
  issuer: string; // 12-digit division code of the community.
  issuedAt: number; // Milliseconds since 1970, as all times here.
  expiresAt: number;
  codeId: Uint8Array<ArrayBuffer>;
  holder?: Uint8Array<ArrayBuffer>; // The phone's key, compressed point.
  person?: string; // Row id, in digits.
  role: (typeof roles)[number];
  nameMasked: string;
  lastFour: string;
  unit: string;
  colour?: { colour: (typeof colours)[number]; readAt: number; grade: (typeof grades)[number] };
  natState?: (typeof natStates)[number];
  negative?: { sampledAt: number; reportedAt: number };
  paper: (typeof papers)[number];
  photoHash?: Uint8Array<ArrayBuffer>;
}

const shape = () => new Refused('FL_CLAIMS_SHAPE');
const value = () => new Refused('FL_CLAIMS_VALUE');

function only(map: Cbor | undefined, labels: number[]): CborMap {
  if (!(map instanceof Map) || [...map.keys()].some((key) => !labels.includes(key as number))) throw shape();
  return map;
}

function time(found: Cbor | undefined): number | undefined {
  return typeof found === 'number' && found >= 0 && found <= 0xffffffff ? found * 1000 : undefined;
}

function choice<T>(found: Cbor | undefined, names: readonly T[]): T {
  if (typeof found !== 'number' || found < 0 || found >= names.length) throw value();
  return names[found]!;
}

function text(found: Cbor | undefined, octetsMax: number): string {
  if (found === undefined) return '';
  if (typeof found !== 'string' || found === '' || new TextEncoder().encode(found).length > octetsMax)
    throw value();
  return found;
}

function holderIn(found: Cbor): Uint8Array<ArrayBuffer> {
  const key = only(only(found, [1]).get(1), [1, -1, -2, -3]);
  if (key.size !== 4) throw shape();
  const x = key.get(-2);
  const odd = key.get(-3);
  if (
    key.get(1) !== 2 ||
    key.get(-1) !== 1 ||
    !(x instanceof Uint8Array) ||
    x.length !== 32 ||
    typeof odd !== 'boolean'
  )
    throw value();
  return Uint8Array.from([odd ? 3 : 2, ...x]);
}

function times(found: Cbor, count: number): Cbor[] {
  if (!Array.isArray(found) || found.length !== count) throw shape();
  return found;
}

function readFacts(facts: CborMap, claims: FlClaims): void {
  const person = facts.get(1);
  if (person !== undefined) {
    if ((typeof person !== 'number' && typeof person !== 'bigint') || person <= 0) throw value();
    claims.person = `${person}`;
  }
  claims.role = choice(facts.get(2), roles);
  claims.nameMasked = text(facts.get(3), 12);
  claims.lastFour = text(facts.get(4), 4);
  claims.unit = text(facts.get(5), 16);
  const colour = facts.get(6);
  if (colour !== undefined) {
    const [which, at, grade] = times(colour, 3);
    const readAt = time(at);
    if (readAt === undefined) throw value();
    claims.colour = { colour: choice(which, colours), readAt, grade: choice(grade, grades) };
  }
  if (facts.has(7)) claims.natState = choice(facts.get(7), natStates);
  const negative = facts.get(8);
  if (negative !== undefined) {
    const [sampledAt, reportedAt] = times(negative, 2).map(time);
    if (sampledAt === undefined || reportedAt === undefined || reportedAt < sampledAt) throw value();
    claims.negative = { sampledAt, reportedAt };
  }
  if (facts.has(9)) {
    claims.paper = choice(facts.get(9), papers);
    if (claims.paper === 'none') throw value();
  }
  const photo = facts.get(10);
  if (photo !== undefined) {
    if (!(photo instanceof Uint8Array) || photo.length !== 8 || claims.holder) throw value();
    claims.photoHash = photo;
  }
}

export function readClaims(payload: Uint8Array<ArrayBuffer>): FlClaims {
  const map = only(readCbor(payload), [1, 4, 6, 7, 8, -65537]);
  const issuer = text(map.get(1), 12);
  const issuedAt = time(map.get(6));
  const expiresAt = time(map.get(4));
  const codeId = map.get(7);
  const facts = map.get(-65537);
  if (
    !issuer ||
    issuedAt === undefined ||
    expiresAt === undefined ||
    codeId === undefined ||
    facts === undefined
  )
    throw shape();
  if (!(codeId instanceof Uint8Array) || codeId.length !== 8 || expiresAt <= issuedAt) throw value();
  const claims: FlClaims = {
    issuer,
    issuedAt,
    expiresAt,
    codeId,
    role: 'resident',
    nameMasked: '',
    lastFour: '',
    unit: '',
    paper: 'none',
  };
  const holder = map.get(8);
  if (holder !== undefined) claims.holder = holderIn(holder);
  readFacts(only(facts, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), claims);
  return claims;
}

const hours = 3_600_000;

export function lifetimeMaxMs(claims: FlClaims): number {
  if (claims.paper !== 'none') return 180 * 24 * hours;
  if (claims.role === 'visitor' || claims.role === 'courier') return 2 * hours;
  return (claims.role === 'volunteer' ? 13 : 24) * hours;
}
