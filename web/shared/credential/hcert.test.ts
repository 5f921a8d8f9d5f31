// Other issuers' health certificates on the phone: what is taken as it comes, and at which layer the rest is refused.
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refused, toBase45 } from './base45';
import { readHcert, type HealthSigner } from './hcert';
import { encoded, mapOf, newIssuer, nowMs, type Recipe } from './hcert.fixture';
import { readOpen } from './openCbor';

type Issuer = Awaited<ReturnType<typeof newIssuer>>;
let ec: Issuer;
let rsa: Issuer;
beforeAll(async () => {
  [ec, rsa] = await Promise.all([newIssuer(), newIssuer('rsa')]);
});
const reasonOf = async (text: string, signers: HealthSigner[], at = nowMs): Promise<string> => {
  try {
    await readHcert(text, signers, at);
    return 'ok';
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return fault.reason;
  }
};

describe('a certificate', () => {
  it('says who, by whom and what', async () => {
    expect(await readHcert(await ec.certificate(), [rsa.signer, ec.signer], nowMs)).toMatchObject({
      issuer: 'AT',
      family: '王',
      given: '小明',
      bornOn: '1990-03-07',
      kind: 'test',
      issuedAtMs: nowMs - 60_000,
    });
  });
  const float = (seconds: number) => {
    const octets = new DataView(new ArrayBuffer(9));
    octets.setUint8(0, 0xfb);
    octets.setFloat64(1, seconds);
    return { encoded: new Uint8Array(octets.buffer) };
  };
  const kept: [string, Recipe][] = [
    ['without a tag', { around: [] }],
    ["within CWT's tag", { around: [0xd8, 61, 0xd2] }],
    ['with maps of open length', { open: true }],
    ['with its key id unprotected', { unprotectedKeyId: true }],
    ['with times as floating-point numbers', { issuedS: float(nowMs / 1000 - 60.5) }],
    ['that expires this second', { expiresS: nowMs / 1000 }],
    ['issued this second', { issuedS: nowMs / 1000 }],
  ];
  it.each(kept)('%s is taken', async (_, recipe) => {
    expect(await reasonOf(await ec.certificate(recipe), [ec.signer])).toBe('ok');
  });
  it('of an RSA key is taken, and not as one of another kind', async () => {
    expect(await reasonOf(await rsa.certificate(), [rsa.signer])).toBe('ok');
    const mixed = { ...rsa.signer, key: ec.signer.key };
    expect(await reasonOf(await rsa.certificate(), [mixed])).toBe('SIGNATURE_WRONG');
  });
  const flipped = (octets: Uint8Array) => octets.map((each, at) => (at === 40 ? each ^ 1 : each));
  const trailing = /^ZLIB_(CORRUPT|TRAILING)$/; // The engine's own check, or ours.
  const refused: [string, Recipe, string | RegExp][] = [
    ['with a changed signature', { signature: flipped }, 'SIGNATURE_WRONG'],
    ['with a short signature', { signature: (right) => right.slice(1) }, 'SIGNATURE_WRONG'],
    ['of another tag', { around: [0xd1] }, 'COSE_TAG'],
    ['that has expired', { expiresS: nowMs / 1000 - 1 }, 'TIME_EXPIRED'],
    ['of the future', { issuedS: nowMs / 1000 + 1 }, 'TIME_NOT_YET'],
    ['issued before its signer was one', { issuedS: 1_600_000_000 }, 'TIME_OUTSIDE_CERTIFICATE'],
    ['with a time that is none', { issuedS: 'noon' }, 'TIME_MISSING'],
    ['cut short', { compressed: (right) => right.slice(0, -6) }, 'ZLIB_CORRUPT'],
    ['with more behind it', { compressed: (right) => Uint8Array.from([...right, 1]) }, trailing],
    [
      'that swells',
      { compressed: () => new Uint8Array(deflateSync(new Uint8Array(1 << 20))) },
      'ZLIB_TOO_LARGE',
    ],
  ];
  it.each(refused)('%s is refused', async (_, recipe, reason) => {
    expect(await reasonOf(await ec.certificate(recipe), [ec.signer])).toMatch(reason);
  });
  it('of nobody on the list, for what its signer may not sign, or no certificate at all', async () => {
    const other = await newIssuer();
    expect(await reasonOf(await ec.certificate(), [other.signer])).toBe('KID_UNKNOWN');
    const vaccines: HealthSigner = { ...ec.signer, kinds: ['vaccination'] };
    expect(await reasonOf(await ec.certificate(), [vaccines])).toBe('KEYUSAGE_NOT_FOR_THIS_KIND');
    const vaccine = await ec.certificate({ health: { t: [], v: [mapOf({ dn: 2 })] } });
    expect((await readHcert(vaccine, [vaccines], nowMs)).kind).toBe('vaccination');
    expect(await reasonOf('FL1:ABC', [ec.signer])).toBe('CONTEXT_UNKNOWN');
    expect(await reasonOf('HC1:abc', [ec.signer])).toBe('BASE45_CHARACTER');
    const none = new Uint8Array(deflateSync(encoded(['a'])));
    expect(await reasonOf(`HC1:${toBase45(none)}`, [ec.signer])).toBe('COSE_SHAPE');
  });
});

describe('open CBOR', () => {
  const read = (...octets: number[]) => readOpen(Uint8Array.from(octets)).value;
  it.each([
    ['a text in pieces', [0x7f, 0x61, 0x61, 0x61, 0x62, 0xff], 'ab'],
    ['a list of open length', [0x9f, 1, 0x20, 0xff], [1, -1]],
    ['half a number', [0xf9, 0x3e, 0], 1.5],
    ['a single', [0xfa, 0x40, 0x20, 0, 0], 2.5],
    ['a number wider than it must be', [0x19, 0, 7], 7],
    ['undefined', [0xf7], null],
    ['a tag around a value', [0x81, 0xc0, 0x61, 0x61], ['a']],
  ])('reads %s', (_, octets, value) => expect(read(...octets)).toEqual(value));
  it.each([
    ['a key twice', [0xa2, 1, 1, 1, 2], 'CBOR_DUPLICATE_KEY'],
    ['an end where none is open', [0xff], 'CBOR_MALFORMED'],
    ['an end within a list of known length', [0x81, 0xff], 'CBOR_MALFORMED'],
    ['a piece of another kind', [0x7f, 0x41, 0x61, 0xff], 'CBOR_MALFORMED'],
    ['something behind the end', [1, 1], 'CBOR_TRAILING'],
    ['more items than octets', [0x9a, 0xff, 0xff, 0xff, 0xff], 'CBOR_TRUNCATED'],
    ['no end', [0xbf, 1], 'CBOR_TRUNCATED'],
    ['depth', [...new Array<number>(40).fill(0x81), 1], 'CBOR_TOO_DEEP'],
    ['no UTF-8', [0x61, 0xff], 'CBOR_NOT_UTF8'],
  ])('refuses %s', (_, octets, reason) => expect(() => read(...octets)).toThrow(reason));
});
