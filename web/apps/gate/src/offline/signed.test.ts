import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toBase64 } from '@shared/credential/base45';
import type { TrustList } from '@shared/credential/lists';
import { nowMs, payload, world } from '@shared/credential/signer.fixture';
import { instantText } from '@shared/base/time';

let held: { trust: TrustList } | null = null;
let renewed: () => boolean = () => true;
let renewals = 0;
vi.mock('./lists', () => ({
  listsHeld: () => held,
  renewTrust: async () => {
    renewals += 1;
    return renewed();
  },
}));
const { openPack } = await import('./signed');

const packText = (more: object = {}) =>
  JSON.stringify({
    version: '7',
    made_at: instantText(nowMs - 60_000),
    expires_at: instantText(nowMs + 7200_000),
    division_code: '620102001001',
    ...more,
  });
let city: Awaited<ReturnType<typeof world>>;
const answer = async (text = packText(), changed = {}) => ({
  pack: text,
  signature: toBase64(await city.signed(await payload(text, changed))),
});
const bad = { code: 'offline.pack_bad' };

beforeEach(async () => {
  city = await world();
  held = { trust: city.trust };
  renewed = () => true;
  renewals = 0;
});

describe('a signed gate pack', () => {
  it('is taken, and lives no longer than its signature says', async () => {
    const opened = await openPack(await answer(), '42', 0, nowMs);
    expect(opened.signed).toBe(true);
    expect(Date.parse(opened.pack.expires_at)).toBe(nowMs + 3600_000);
    expect(renewals).toBe(0);
  });
  it('of a key that is new today is taken after the list was fetched once more', async () => {
    held = { trust: { ...city.trust, keys: new Map() } };
    renewed = () => {
      held = { trust: city.trust };
      return true;
    };
    expect((await openPack(await answer(), '42', 0, nowMs)).signed).toBe(true);
    expect(renewals).toBe(1);
  });
  it('is not taken if it is another gate’s, another text, old, or says other things than its signature', async () => {
    const good = await answer();
    await expect(openPack(good, '43', 0, nowMs)).rejects.toMatchObject(bad);
    await expect(openPack({ ...good, pack: packText({ x: 1 }) }, '42', 0, nowMs)).rejects.toMatchObject(bad);
    await expect(openPack(good, '42', nowMs + 60_000, nowMs)).rejects.toMatchObject(bad);
    await expect(openPack(good, '42', 0, nowMs + 3600_001)).rejects.toMatchObject(bad);
    await expect(openPack(await answer(packText({ version: '8' })), '42', 0, nowMs)).rejects.toMatchObject(
      bad,
    );
    const elsewhere = packText({ division_code: '620102002002' });
    await expect(openPack(await answer(elsewhere), '42', 0, nowMs)).rejects.toMatchObject(bad);
  });
  it('is taken on the connection’s word only where no root has signed anything', async () => {
    held = null;
    await expect(openPack(await answer(), '42', 0, nowMs)).rejects.toMatchObject(bad);
    renewed = () => false;
    expect(await openPack(await answer(), '42', 0, nowMs)).toMatchObject({ signed: false });
  });
});
