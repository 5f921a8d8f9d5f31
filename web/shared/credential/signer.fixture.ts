// For tests: a community's key, the list that trusts it, and packs signed with it.
import { writeCbor, type Written } from './cbor';
import { hexOf, type IssuerKey, type TrustList } from './lists';

export const nowMs = Date.parse('2022-03-15T12:00:00+08:00');
export const keyId = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const encodedMap = (head: number, ...members: Written[]) =>
  Uint8Array.from([head, ...members.flatMap((each) => [...writeCbor(each)])]);
const sha256 = async (of: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(of)));
export async function payload(text: string, changed: Partial<Record<number, Written>> = {}) {
  const said: Record<number, Written> = {
    1: 3,
    2: '7',
    3: nowMs / 1000 - 60,
    4: nowMs / 1000 + 3600,
    5: '620102001001',
    6: '42',
    7: await sha256(text),
    ...changed,
  };
  return encodedMap(0xa7, ...Object.entries(said).flatMap(([label, value]) => [Number(label), value!]));
}
export async function world() {
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const key: IssuerKey = {
    keyId,
    key: pair.publicKey,
    issuer: '620102001001',
    validFromMs: 0,
    validUntilMs: nowMs * 2,
    withdrawn: false,
  };
  const trust: TrustList = {
    number: 1,
    issuedAtMs: nowMs,
    notAfterMs: nowMs + 1,
    keys: new Map([[hexOf(keyId), key]]),
  };
  const signed = async (body: Uint8Array) => {
    const header = encodedMap(0xa2, 1, -7, 4, keyId);
    const octets = writeCbor(['Signature1', header, new Uint8Array(), body]);
    const signature = await crypto.subtle.sign({ ...ecdsa, hash: 'SHA-256' }, pair.privateKey, octets);
    const array = writeCbor([header, { encoded: Uint8Array.from([0xa0]) }, body, new Uint8Array(signature)]);
    return Uint8Array.from([0xd2, ...array]);
  };
  return { trust, key, signed };
}
