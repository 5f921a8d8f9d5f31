// What another issuer's health certificate proves at a gate without a network: verified by the keys that the pack names. Here
// the bearer's name is masked: what can be compared is, the rest is the keeper's to look at, and the server compares the
// whole name when it hears of it. Pure, and fetched when the first certificate comes.
import type { Evidence } from '@shared/api/types';
import { instantText } from '@shared/base/time';
import { Refused } from '@shared/credential/base45';
import { readHcert, textIn, type Hcert, type HealthSigner } from '@shared/credential/hcert';
import { WordedFault } from '@shared/ui/fault';
import type { PackPerson } from './contract';

// LOINC and SNOMED CT, as the EU's value sets have them; src/issuing/evidence.cpp takes the same.
const nucleicAcidTest = 'LP6464-4';
const results: Record<string, 'negative' | 'positive'> = { '260415000': 'negative', '260373001': 'positive' };

export interface Proof {
  evidence: Evidence;
  compare: { name: string; bornOn: string };
  nat?: Nat; // What is known of the bearer's tests now.
}

const han = /^\p{Script=Han}/u;
// "许**" against a family name in the same characters; a name in letters says nothing about it.
export const fitsMasked = (family: string, masked: string): boolean =>
  !han.test(family) || !han.test(masked) || [...family][0] === [...masked][0];

interface Nat {
  state: string;
  last_negative?: { sampled_at: string; reported_at: string };
}
// What is known with the test laid over it: a later negative counts, a positive always.
export function withTest(
  known: Nat | undefined,
  state: 'negative' | 'positive',
  sampledMs: number,
  reportedMs: number,
): Nat {
  const before = known?.last_negative;
  if (state === 'positive') return { ...known, state };
  if (before && Date.parse(before.sampled_at) >= sampledMs) return known!;
  const last_negative = { sampled_at: instantText(sampledMs), reported_at: instantText(reportedMs) };
  // When somebody was found positive is not in the pack: a certificate does not undo that.
  return { state: known?.state === 'positive' ? 'positive' : 'negative', last_negative };
}

function timeIn(entry: Hcert['entry'], key: string): number | undefined {
  const text = textIn(entry, key);
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`); // Without a zone: UTC.
  return Number.isNaN(ms) ? undefined : ms;
}
function testOf(read: Hcert, known: Nat | undefined): Pick<Proof, 'nat'> & Partial<Evidence> {
  const state = results[textIn(read.entry, 'tr')];
  const sampledMs = timeIn(read.entry, 'sc');
  if (textIn(read.entry, 'tt') !== nucleicAcidTest || !state || sampledMs === undefined)
    throw new WordedFault('certificate.no_test');
  const reportedMs = Math.max(timeIn(read.entry, 'dr') ?? read.issuedAtMs, sampledMs);
  const nat = withTest(known, state, sampledMs, reportedMs);
  return { nat, state, sampled_at: instantText(sampledMs) };
}

export async function proofOf(
  qr: string,
  bearer: PackPerson,
  signers: readonly HealthSigner[],
  nowMs: number,
): Promise<Proof> {
  const read = await readHcert(qr, signers, nowMs).catch((fault: unknown) => {
    throw fault instanceof Refused ? new WordedFault('certificate.refused') : fault;
  });
  if (!fitsMasked(read.family, bearer.name_masked)) throw new WordedFault('certificate.of_somebody_else');
  const compare = { name: `${read.family}${read.given}`, bornOn: read.bornOn };
  const evidence: Evidence = { kind: read.kind, issuer: read.issuer };
  if (read.kind !== 'test') return { evidence, compare };
  const { nat, ...test } = testOf(read, bearer.stands.nat as Nat | undefined);
  return { evidence: { ...evidence, ...test }, compare, nat };
}
