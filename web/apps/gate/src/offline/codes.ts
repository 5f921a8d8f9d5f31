// Signed codes at a gate without a network: what a code says about who shows it. Facts only; whether they may pass is the
// rules' business.
import { instantText } from '@shared/base/time';
import { verifyFl } from '@shared/credential/fl';
import type { FlClaims } from '@shared/credential/claims';
import type { Stands } from '@shared/rules/rules';
import { WordedFault } from '@shared/ui/fault';
import { listsHeld } from './lists';

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
  const lists = listsHeld();
  if (!lists) throw new WordedFault('offline.code_unsure');
  const reading = await verifyFl(text, lists.trust, lists.revocations, nowMs);
  if (reading.verdict === 'accept' && reading.claims) return reading.claims;
  throw new WordedFault(wordsOf[reading.reason] ?? 'offline.code_bad');
}

// Of somebody who is not on the roster: only what the signed code says. Whom our own desk signed for without a record, it
// expects for the hours of the code; `division` is the gate's own community.
export function standsOf(claims: FlClaims, division: string | undefined): Stands {
  if (claims.person || claims.role === 'resident')
    return { relation: 'resident_elsewhere', ...facts(claims) };
  const relation = { visitor: 'visitor', courier: 'courier', volunteer: 'worker' }[claims.role];
  const hours = { from: instantText(claims.issuedAt), until: instantText(claims.expiresAt) };
  const visitor = claims.issuer === division ? { visitor: { record: 'expected', ...hours } } : {};
  return { relation, ...visitor, ...facts(claims) };
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
