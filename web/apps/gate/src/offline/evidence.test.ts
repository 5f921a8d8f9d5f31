// A health certificate of another issuer with the server gone: what it changes on this phone, and what the server will hear.
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { instantText } from '@shared/base/time';
import { uuid7 } from '@shared/base/uuid7';
import { mapOf, newIssuer, nowMs } from '@shared/credential/hcert.fixture';
import { WordedFault } from '@shared/ui/fault';
import type { HealthSigner } from '@shared/credential/hcert';
import { checkOffline } from './decide';
import { takeHere } from '../certificate';
import { fitsMasked, withTest } from './evidence';
import { dropPack, refreshPack } from './pack';
import { loadQueue, waiting } from './queue';
import { base } from './vault';

vi.mock('./signed', () => ({
  openPack: async ({ pack }: { pack: string }) => ({ pack: JSON.parse(pack), signed: true }),
}));
const policy = {
  version: 'p1',
  ...JSON.parse(readFileSync('apps/gate/src/offline/policy.fixture.json', 'utf8')),
};
const packOf = (version: string, signers: HealthSigner[], nat: object) => ({
  format: 2,
  version,
  made_at: instantText(nowMs - 60_000),
  expires_at: instantText(nowMs + 3_600_000),
  policy,
  division_code: '620102001001',
  neighbours: [],
  lists: [],
  health_signers: signers,
  tag_key: 'ab'.repeat(32),
  homes: [
    {
      household_id: '1',
      label: '1-1-101',
      people: [{ person_id: '11', name_masked: '王**', stands: { relation: 'resident_here', ...nat } }],
    },
  ],
  visits: [],
  dropped: { household_ids: [], person_ids: [], visit_ids: [] },
});
let issuer: Awaited<ReturnType<typeof newIssuer>>;
async function holding(version: string, signers = [issuer.signer], nat: object = {}): Promise<void> {
  const body = JSON.stringify({ pack: JSON.stringify(packOf(version, signers, nat)), signature: '' });
  vi.stubGlobal('fetch', async (path: unknown) =>
    String(path).includes('wasm')
      ? new Response(readFileSync('shared/rules/rules.wasm'))
      : new Response(body, { status: 200 }),
  );
  await refreshPack('1', nowMs);
}
async function natSeen(): Promise<unknown> {
  const before = (await waiting(99)).length;
  const atMs = nowMs + before * 40_000;
  await checkOffline({ direction: 'in', recognised_by: 'room_pick', person_ids: ['11'] }, uuid7(), atMs, '7');
  const decided = (await waiting(99))[before]!.decided as unknown as { arguments: { nat?: object } }[];
  return decided[0]!.arguments.nat;
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs });
  issuer ??= await newIssuer();
  await base.records.clear();
  await base.kept.clear();
  await dropPack();
  await loadQueue();
});

describe('a certificate without a server', () => {
  it('is a test that counts from now on, and goes to the server under its own id', async () => {
    await holding('1');
    const without = await natSeen();
    const qr = await issuer.certificate();
    const id = uuid7();
    const { evidence, compare } = await takeHere(qr, '11', id);
    expect(evidence).toEqual({
      kind: 'test',
      issuer: 'AT',
      state: 'negative',
      sampled_at: '2022-03-15T09:00:00.000+08:00',
    });
    expect(compare).toEqual({ name: '王小明', bornOn: '1990-03-07' });
    expect((await waiting(9)).at(-1)).toMatchObject({ id, certificate: { id, person_id: '11', qr } });
    const withIt = await natSeen();
    expect(withIt).not.toEqual(without);
    expect(JSON.stringify(withIt)).toContain('2022-03-15T09:00:00.000+08:00');
    await holding('2', [issuer.signer], { nat: { state: 'positive' } });
    expect(JSON.stringify(await natSeen())).not.toContain('09:00:00'); // The pack knows more by now.
  });
  it('that proves no test is shown and changes nothing', async () => {
    await holding('1');
    const before = await natSeen();
    const vaccine = await issuer.certificate({ health: { t: [], v: [mapOf({ dn: 2 })] } });
    const { evidence } = await takeHere(vaccine, '11', uuid7());
    expect(evidence).toEqual({ kind: 'vaccination', issuer: 'AT' });
    expect(await natSeen()).toEqual(before);
  });
  const test = (changed: object) => ({ health: { t: [mapOf({ tt: 'LP6464-4', ...changed })] } });
  it.each([
    ['certificate.of_somebody_else', { health: { nam: mapOf({ fn: '李', gn: '小明' }) } }],
    ['certificate.refused', { expiresS: nowMs / 1000 - 1 }],
    ['certificate.no_test', test({ tt: 'LP217198-3' })],
    ['certificate.no_test', test({ tr: '1', sc: '2022-03-15T01:00:00Z' })],
    ['certificate.no_test', test({ tr: '260415000', sc: 'noon' })],
  ])('is %s, and nothing is kept', async (code, recipe) => {
    await holding('1');
    const qr = await issuer.certificate(recipe);
    await expect(takeHere(qr, '11', uuid7())).rejects.toEqual(new WordedFault(code));
    expect(await waiting(9)).toEqual([]);
  });
  it('needs a roster that names whom to believe, and its bearer on it', async () => {
    const qr = await issuer.certificate();
    await holding('1', []);
    await expect(takeHere(qr, '11', uuid7())).rejects.toEqual(new WordedFault('certificate.needs_network'));
    await holding('2');
    await expect(takeHere(qr, '12', uuid7())).rejects.toEqual(new WordedFault('certificate.needs_network'));
  });
});

it('compares the family name as far as both show it', () => {
  expect(fitsMasked('王', '王**')).toBe(true);
  expect(fitsMasked('李', '王**')).toBe(false);
  expect(fitsMasked('Wang', '王**')).toBe(true); // The keeper looks.
  expect(fitsMasked('Smith', 'A**')).toBe(true);
});

it('lays a test over what is known: a later negative counts, a positive always, and is never undone', () => {
  const at = (hours: number) => nowMs - hours * 3_600_000;
  const known = (hours: number, state = 'negative') => ({
    state,
    last_negative: { sampled_at: instantText(at(hours)), reported_at: instantText(at(hours)) },
  });
  expect(withTest(undefined, 'negative', at(3), at(3))).toEqual(known(3));
  expect(withTest(known(9), 'negative', at(3), at(3))).toEqual(known(3));
  expect(withTest(known(1), 'negative', at(3), at(3))).toEqual(known(1));
  expect(withTest({ state: 'positive' }, 'negative', at(3), at(3)).state).toBe('positive');
  expect(withTest(known(9), 'positive', at(3), at(3))).toEqual(known(9, 'positive'));
});
