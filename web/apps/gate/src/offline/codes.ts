// Signed codes at a gate without a network: the two public lists that say whom to believe, and what a code says about who
// shows it. Facts only; whether they may pass is the rules' business.
import { get } from '@shared/api/client';
import { instantText } from '@shared/base/time';
import { verifyFl } from '@shared/credential/fl';
import type { FlClaims } from '@shared/credential/claims';
import {
  readRevocations,
  readTrustList,
  type RevocationList,
  type TrustList,
} from '@shared/credential/lists';
import type { Stands } from '@shared/rules/rules';
import { WordedFault } from '@shared/ui/fault';
import { keep, recallKept } from './vault';

// What the server hands out; base64.
interface SignedFile {
  octets: string;
  root?: string;
}
interface ListsKept {
  root: string; // The first that this phone saw; another one is not believed.
  trust: string;
  revocations: string;
}
let lists: { trust: TrustList; revocations: RevocationList[] } | null = null;

const octetsOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

async function take(kept: ListsKept, nowMs: number): Promise<void> {
  const trust = await readTrustList(octetsOf(kept.trust), octetsOf(kept.root), nowMs);
  const before = lists;
  if (before && trust.number < before.trust.number) throw new Error('an older list');
  lists = { trust, revocations: [await readRevocations(octetsOf(kept.revocations), trust)] };
}
export async function renewLists(community: string, nowMs: number): Promise<void> {
  const [trust, revocations] = await Promise.all([
    get<SignedFile>('/api/v1/trust-list'),
    get<SignedFile>(`/api/v1/communities/${community}/revocations`),
  ]);
  const before = await recallKept<ListsKept>('lists');
  const root = before?.root ?? trust.root ?? '';
  const kept = { root, trust: trust.octets, revocations: revocations.octets };
  await take(kept, nowMs);
  await keep('lists', kept);
}
export async function loadLists(nowMs: number): Promise<void> {
  const kept = await recallKept<ListsKept>('lists');
  if (kept && !lists) await take(kept, nowMs);
}

const wordsOf: Record<string, string> = {
  HOLDER_STALE: 'offline.code_stale',
  HOLDER_MISSING: 'offline.code_stale',
  HOLDER_WRONG: 'offline.code_stale',
  TIME_EXPIRED: 'offline.code_expired',
  TIME_NOT_YET: 'offline.code_not_yet',
  REVOCATION_REVOKED: 'offline.code_revoked',
  REVOCATION_UNKNOWN: 'offline.code_unsure',
};
// The claims of a code that holds; a fault with words for any other.
export async function readSignedCode(text: string, nowMs: number): Promise<FlClaims> {
  if (!lists) throw new WordedFault('offline.code_unsure');
  const reading = await verifyFl(text, lists.trust, lists.revocations, nowMs);
  if (reading.verdict === 'accept' && reading.claims) return reading.claims;
  throw new WordedFault(wordsOf[reading.reason] ?? 'offline.code_bad');
}

// Of somebody who is not on the roster: only what the signed code says.
export function standsOf(claims: FlClaims): Stands {
  const relation = {
    resident: 'resident_elsewhere',
    visitor: 'visitor',
    courier: 'courier',
    volunteer: 'worker',
  };
  return { relation: relation[claims.role], ...facts(claims) };
}
// On the roster: the later word about colour and test counts, and paper stands for a code.
export function standsWith(stands: Stands, claims: FlClaims): Stands {
  const said = facts(claims);
  const known = stands as { code?: { read_at: string }; nat?: { last_negative?: { sampled_at: string } } };
  const laterCode = later(said.code?.read_at, known.code?.read_at);
  const laterNat = later(said.nat?.last_negative?.sampled_at, known.nat?.last_negative?.sampled_at);
  return {
    ...stands,
    ...(laterCode ? { code: said.code } : {}),
    ...(laterNat ? { nat: said.nat } : {}),
    ...(said.offline_code ? { offline_code: said.offline_code } : {}),
  };
}
const later = (said: string | undefined, known: string | undefined): boolean =>
  !!said && (!known || Date.parse(said) > Date.parse(known));

interface Facts {
  code?: { colour: string; grade: string; read_at: string; source: string };
  nat?: { state: string; last_negative?: { sampled_at: string; reported_at: string } };
  offline_code?: { valid_until: string };
}
function facts(claims: FlClaims): Facts {
  const { colour, natState, negative, paper, expiresAt } = claims;
  const made: Facts = {};
  if (colour)
    made.code = {
      colour: colour.colour,
      grade: colour.grade,
      read_at: instantText(colour.readAt),
      source: 'signed code',
    };
  if (natState || negative)
    made.nat = {
      state: natState ?? 'negative',
      ...(negative
        ? {
            last_negative: {
              sampled_at: instantText(negative.sampledAt),
              reported_at: instantText(negative.reportedAt),
            },
          }
        : {}),
    };
  if (paper !== 'none') made.offline_code = { valid_until: instantText(expiresAt) };
  return made;
}
