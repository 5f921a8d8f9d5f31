// The server's own vectors of signed packs: both sides take and refuse the same, for the same reason.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBase64, Refused } from './base45';
import { readTrustList } from './lists';
import { readPackStatement } from './statement';

interface Vector {
  what: string;
  root: string;
  trust_list: string;
  pack: string;
  signature: string;
  gate: string;
  now: number;
  reason: string; // "pack.too_old"; empty if it is taken.
}
const vectors: Vector[] = JSON.parse(readFileSync('shared/credential/pack_vectors.json', 'utf8'));

describe('packs as the server signs them', () => {
  it.each(vectors)('$what', async ({ root, trust_list, pack, signature, gate, now, reason }) => {
    const trust = await readTrustList(fromBase64(trust_list), fromBase64(root), now);
    const answer = await readPackStatement(fromBase64(signature), pack, gate, trust, now).then(
      () => '',
      (fault) => (fault instanceof Refused ? fault.reason.toLowerCase().replace('_', '.') : String(fault)),
    );
    expect(answer).toBe(reason);
  });
});
