import { describe, expect, it } from 'vitest';
import { fromBase45, fromBase64, Refused, toBase45 } from './base45';
import { readCbor, writeCbor, Tagged } from './cbor';
import { holderOctets, holderStep, presented, verifyFl, type FlReading } from './fl';
import { readRevocations, readTrustList } from './lists';
import { compress, decompress } from './point';
import vectors from './vectors.json';

const order = [
  'context',
  'base45',
  'cose',
  'cwt',
  'kid',
  'signature',
  'time',
  'revocation',
  'holder',
] as const;
const marks = (reading: FlReading) =>
  order.map((name) => ({ true: '+', false: '-', undefined: '.' })[`${reading.checks[name]}`]).join('');

async function listsOf(vector: (typeof vectors)[number]) {
  const trust = await readTrustList(fromBase64(vector.trust_list), fromBase64(vector.root), vector.now);
  const lists = vector.revocations ? [await readRevocations(fromBase64(vector.revocations), trust)] : [];
  return { trust, lists };
}

describe('our own codes, by the vectors of the program', () => {
  it('are many', () => expect(vectors.length).toBeGreaterThan(40));
  for (const vector of vectors)
    it(vector.what, async () => {
      const { trust, lists } = await listsOf(vector);
      const reading = await verifyFl(vector.text, trust, lists, vector.now);
      expect([marks(reading), reading.reason, reading.verdict]).toEqual([
        vector.marks,
        vector.reason,
        vector.verdict,
      ]);
    });

  it('no bit of one may be changed', async () => {
    const vector = vectors[0]!;
    const { trust, lists } = await listsOf(vector);
    const octets = fromBase45(vector.text.slice(4));
    for (let at = 0; at < octets.length; at += 1) {
      const changed = octets.slice();
      changed[at]! ^= 1 << (at % 8);
      const reading = await verifyFl(`FL1:${toBase45(changed)}`, trust, lists, vector.now);
      expect(reading.verdict, `${at}`).toBe('reject');
    }
  });

  it('facts come out', async () => {
    const vector = vectors[0]!;
    const { trust, lists } = await listsOf(vector);
    const { claims, copyable, step } = await verifyFl(vector.text, trust, lists, vector.now);
    expect(claims).toMatchObject({
      issuer: '620102001001',
      person: '123456789',
      role: 'resident',
      nameMasked: '王*明',
      lastFour: '1234',
      unit: '3-2-501',
      colour: { colour: 'green', readAt: vector.now - 5 * 3_600_000, grade: 'connector' },
      natState: 'negative',
      negative: { sampledAt: vector.now - 20 * 3_600_000 },
      paper: 'none',
    });
    expect(copyable).toBe(false);
    expect(step).toBe(holderStep(vector.now));
  });
});

describe('lists', () => {
  it('of another root or with a changed octet are refused', async () => {
    const [one, other] = [vectors[0]!, vectors[1]!];
    await expect(readTrustList(fromBase64(one.trust_list), fromBase64(other.root), one.now)).rejects.toThrow(
      'LIST_ROOT_UNKNOWN',
    );
    const changed = fromBase64(one.trust_list);
    changed[changed.length - 1]! ^= 1;
    await expect(readTrustList(changed, fromBase64(one.root), one.now)).rejects.toThrow('LIST_SIGNATURE');
    await expect(
      readTrustList(fromBase64(one.trust_list), fromBase64(one.root), one.now + 91 * 86_400_000),
    ).rejects.toThrow('LIST_TOO_OLD');
    const { trust } = await listsOf(other);
    await expect(readRevocations(fromBase64(one.revocations!), trust)).rejects.toThrow('LIST_ROOT_UNKNOWN');
  });
});

describe('what a phone shows', () => {
  it('is the code, the step and its signature, each step anew', async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ]);
    const code = vectors.find((each) => each.what === 'bound to no phone')!.text;
    const codeId = new TextEncoder().encode('codecode');
    const sign = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = new Uint8Array(
      await crypto.subtle.sign(sign, keys.privateKey, holderOctets(codeId, 7)),
    );
    const parts = readCbor(fromBase45(presented(code, 7, signature).slice(4)));
    expect(parts).toEqual([readCbor(fromBase45(code.slice(4))), 7, signature]);
    expect(await crypto.subtle.verify(sign, keys.publicKey, signature, holderOctets(codeId, 7))).toBe(true);
  });
  it('points fold and unfold', async () => {
    for (let i = 0; i < 8; i += 1) {
      const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
        'sign',
        'verify',
      ]);
      const point = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
      expect(decompress(compress(point))).toEqual(point);
    }
    expect(() => decompress(new Uint8Array(33).fill(255))).toThrow(Refused);
  });
});

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'read';
  } catch (trouble) {
    return (trouble as Refused).reason;
  }
};

describe('layers', () => {
  it('base45 is strict', () => {
    expect(toBase45(new TextEncoder().encode('Hello!!'))).toBe('%69 VD92EX0');
    for (const [text, expected] of [
      ['QED8WEX0', 'read'],
      ['A', 'BASE45_LENGTH'],
      ['GGW', 'BASE45_VALUE'],
      ['::', 'BASE45_VALUE'],
      ['bb8', 'BASE45_CHARACTER'],
    ] as const)
      expect(refusal(() => fromBase45(text))).toBe(expected);
  });
  it('CBOR is deterministic', () => {
    for (const [text, expected] of [
      ['1817', 'CBOR_NOT_DETERMINISTIC'],
      ['9fff', 'CBOR_NOT_DETERMINISTIC'],
      ['f97e00', 'CBOR_NOT_DETERMINISTIC'],
      ['f7', 'CBOR_NOT_DETERMINISTIC'],
      ['a203040102', 'CBOR_NOT_DETERMINISTIC'],
      ['a201010102', 'CBOR_DUPLICATE_KEY'],
      ['a1f501', 'CBOR_KEY_KIND'],
      ['0000', 'CBOR_TRAILING'],
      ['', 'CBOR_TRUNCATED'],
      ['5bffffffffffffffff', 'CBOR_TRUNCATED'],
      ['9affffffff', 'CBOR_TRUNCATED'],
      ['61ff', 'CBOR_NOT_UTF8'],
      ['1c', 'CBOR_MALFORMED'],
      ['ff', 'CBOR_MALFORMED'],
      [`${'81'.repeat(16)}00`, 'read'],
      [`${'81'.repeat(17)}00`, 'CBOR_TOO_DEEP'],
      ['81'.repeat(10_000), 'CBOR_TOO_DEEP'],
    ] as const)
      expect(
        refusal(() => readCbor(hex(text))),
        text.slice(0, 40),
      ).toBe(expected);
    expect(readCbor(hex('1bffffffffffffffff'))).toBe(18446744073709551615n);
    expect(readCbor(hex('3bffffffffffffffff'))).toBe(-18446744073709551616n);
    expect(readCbor(hex('d28101'))).toEqual(new Tagged(18, [1]));
    for (const number of [0, 23, 24, 255, 256, 65536, 2 ** 32, Number.MAX_SAFE_INTEGER, -1, -500])
      expect(readCbor(writeCbor(number))).toBe(number);
  });
});
