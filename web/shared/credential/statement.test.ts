import { describe, expect, it } from 'vitest';
import { Refused } from './base45';
import { hexOf, type TrustList } from './lists';
import { keyId, nowMs, payload, world } from './signer.fixture';
import { readPackStatement } from './statement';

const text = '{"version":"7"}';

describe('the statement of a gate pack', () => {
  it('is believed for its own text while it holds', async () => {
    const { trust, signed } = await world();
    expect(await readPackStatement(await signed(await payload(text)), text, trust, nowMs)).toEqual({
      version: '7',
      issuedAtMs: nowMs - 60_000,
      notAfterMs: nowMs + 3600_000,
      issuer: '620102001001',
      gate: '42',
    });
  });
  it('is refused with a reason for everything else', async () => {
    const { trust, key, signed } = await world();
    const good = await signed(await payload(text));
    const refusal = async (octets: Uint8Array<ArrayBuffer>, about = text, at = nowMs, list = trust) => {
      try {
        await readPackStatement(octets, about, list, at);
        return 'taken';
      } catch (fault) {
        return fault instanceof Refused ? fault.reason : String(fault);
      }
    };
    const withKey = (changed: object): TrustList => ({
      ...trust,
      keys: new Map([[hexOf(keyId), { ...key, ...changed }]]),
    });
    const flipped = good.slice();
    flipped[flipped.length - 1]! ^= 1;
    expect(await refusal(good)).toBe('taken');
    expect(await refusal(good, `${text} `)).toBe('PACK_OTHER_TEXT');
    expect(await refusal(good, text, nowMs + 3600_001)).toBe('PACK_TOO_OLD');
    expect(await refusal(flipped)).toBe('PACK_SIGNATURE');
    expect(await refusal(good, text, nowMs, withKey({ withdrawn: true }))).toBe('PACK_KEY_UNKNOWN');
    expect(await refusal(good, text, nowMs, withKey({ issuer: '620102002002' }))).toBe('PACK_OTHER_ISSUER');
    expect(await refusal(good, text, nowMs, { ...trust, keys: new Map() })).toBe('PACK_KEY_UNKNOWN');
    expect(await refusal(await signed(await payload(text, { 1: 2 })))).toBe('PACK_SHAPE'); // A revocation list is no pack.
    expect(await refusal(await signed(await payload(text, { 2: 7 })))).toBe('PACK_SHAPE');
    expect(await refusal(await signed(await payload(text, { 7: new Uint8Array(31) })))).toBe(
      'PACK_OTHER_TEXT',
    );
    expect(await refusal(good.slice(0, -1))).toBe('CBOR_TRUNCATED');
  });
});
