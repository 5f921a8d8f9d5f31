import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@shared/api/client';
import { fromBase45, fromBase64 } from '@shared/credential/base45';
import { readCbor } from '@shared/credential/cbor';
import { holderOctets, holderStep } from '@shared/credential/fl';
import vectors from '@shared/credential/vectors.json';
import { forgetPhoneCodes, shownCode } from './phone_code';

const code = vectors.find((each) => each.what === 'bound to no phone')!.text;
const codeId = 'Y29kZWNvZGU='; // "codecode"
const start = Date.parse('2022-03-15T04:00:00Z');
const asked: { holder: string }[] = [];
let offline = false;

beforeEach(() => {
  asked.length = 0;
  offline = false;
  forgetPhoneCodes();
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    if (offline) throw new TypeError('no network');
    asked.push(JSON.parse(init.body as string));
    const body = { code, code_id: codeId, step_seconds: 15, issued_at: new Date(start).toISOString() };
    return new Response(JSON.stringify({ ...body, expires_at: new Date(start + 86_400_000).toISOString() }));
  });
});
afterEach(() => vi.unstubAllGlobals());

async function partsOf(text: string) {
  const [inner, step, signature] = readCbor(fromBase45(text.slice(4))) as [
    unknown,
    number,
    Uint8Array<ArrayBuffer>,
  ];
  const key = await crypto.subtle.importKey(
    'raw',
    fromBase64(asked.at(-1)!.holder),
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['verify'],
  );
  const octets = holderOctets(fromBase64(codeId), step);
  const good = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, octets);
  return { inner, step, good };
}

describe('the signed code', () => {
  it('is asked for once and signed anew with each step', async () => {
    const first = await shownCode(undefined, start);
    const second = await shownCode(undefined, start + 15_000);
    expect(asked).toHaveLength(1);
    expect(first.nextMs).toBe(15_000);
    expect(second.text).not.toBe(first.text);
    for (const [shown, at] of [
      [first, start],
      [second, start + 15_000],
    ] as const) {
      const parts = await partsOf(shown.text);
      expect(parts).toMatchObject({ step: holderStep(at), good: true });
      expect(parts.inner).toEqual(readCbor(fromBase45(code.slice(4))));
    }
  });
  it('is renewed after half an hour, and kept while there is no network', async () => {
    await shownCode(undefined, start);
    await shownCode(undefined, start + 31 * 60_000);
    expect(asked).toHaveLength(2);
    offline = true;
    expect((await shownCode(undefined, start + 5 * 3_600_000)).text).toContain('FL1:');
    await expect(shownCode(undefined, start + 25 * 3_600_000)).rejects.toBeInstanceOf(Problem);
  });
  it('is one for each person', async () => {
    await shownCode(undefined, start);
    await shownCode('7', start);
    expect(asked[1]).toMatchObject({ person_id: '7' });
    expect(asked[0]!.holder).toBe(asked[1]!.holder);
  });
});
