import 'fake-indexeddb/auto';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PassageCommand } from '@shared/api/types';
import { instantText } from '@shared/base/time';
import { WordedFault } from '@shared/ui/fault';
import { standsOf, standsWith } from './codes';
import type { Decided, PackAnswer } from './contract';
import { checkOffline, WhoOfThese } from './decide';
import { hear } from './network';
import { dropPack, findPerson, loadPack, merged, pack, refreshPack } from './pack';
import { loadQueue, waiting } from './queue';
import { placesInPack, peopleInPack } from './places';
import { base, recallKept } from './vault';

// What is signed and how is signed.test.ts's.
vi.mock('./signed', () => ({
  openPack: async ({ pack }: { pack: string }) => ({ pack: JSON.parse(pack), signed: true }),
}));
const tagKey = 'ab'.repeat(32);
const tagOf = (text: string, bytes: number) =>
  createHmac('sha256', Buffer.from(tagKey, 'hex'))
    .update(text)
    .digest('hex')
    .slice(0, bytes * 2);
const number = '00010119900101123X';
const person = (id: string, name: string, stands: Record<string, unknown> = {}) => ({
  person_id: id,
  name_masked: name,
  id_last4: '123X',
  id_tag: tagOf(number, 1),
  stands,
});
const policy = {
  version: 'p1',
  ...JSON.parse(readFileSync('apps/gate/src/offline/policy.fixture.json', 'utf8')),
};
const nowMs = Date.parse('2022-03-15T12:00:00+08:00');
const whole = (): PackAnswer => ({
  format: 1,
  version: '10',
  made_at: instantText(nowMs - 60_000),
  expires_at: instantText(nowMs + 3600_000),
  policy,
  gate: {} as PackAnswer['gate'],
  division_code: '620102001001',
  neighbours: [],
  lists: [],
  health_signers: [],
  tag_key: tagKey,
  homes: [
    { household_id: '1', label: '1-1-101', people: [person('11', '王**'), person('12', '李*')] },
    { household_id: '2', label: '1-2-301', people: [{ ...person('21', '赵*'), id_tag: '00' }] },
  ],
  visits: [
    {
      visit_id: '5',
      kind: 'guest',
      state: 'confirmed',
      name_masked: '张*',
      household_label: '1-1-101',
      token_tag: tagOf('FLV:ABC', 8),
      stands: { relation: 'visitor', visitor: { record: 'expected' } },
    },
  ],
  dropped: { household_ids: [], person_ids: [], visit_ids: [] },
});
let answers: unknown[] = [];
const check = (command: Partial<PassageCommand>, atMs = nowMs) =>
  checkOffline(
    { direction: 'out', recognised_by: 'room_pick', ...command } as PassageCommand,
    crypto.randomUUID(),
    atMs,
    '7',
  );

beforeEach(async () => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date'] });
  vi.stubGlobal('fetch', async (path: string) =>
    String(path).includes('.wasm')
      ? new Response(readFileSync('shared/rules/rules.wasm'))
      : new Response(JSON.stringify({ pack: JSON.stringify(answers.shift()), signature: '' })),
  );
  await base.records.clear();
  await base.kept.clear();
  await dropPack();
  await loadQueue();
  answers = [whole()];
  await refreshPack('1', nowMs);
});

describe('deciding without a server', () => {
  it('names, judges and records somebody of the roster, with what it was judged on', async () => {
    const { items } = await check({ person_ids: ['11', '12'], temperature_tenths: 384 });
    expect(items.map((each) => [each.name_masked, each.outcome])).toEqual([
      ['王**', 'hold'],
      ['李*', 'hold'],
    ]);
    const [record] = await waiting(9);
    expect(record).toMatchObject({ sequence: 1, pack_version: '10', account_id: '7' });
    expect(record!.passage).toMatchObject({
      id: record!.id,
      person_ids: ['11', '12'],
      temperature_tenths: 384,
    });
    const decided = record!.decided as Decided[];
    expect(decided[0]).toMatchObject({
      person_id: '11',
      outcome: 'hold',
      policy_version: 'p1',
      arguments: { temperature_tenths: 384 },
    });
  });
  it('asks who it is where two people answer to one number, and keeps no number of who is known', async () => {
    await expect(check({ recognised_by: 'id_number', id_number: number })).rejects.toBeInstanceOf(WhoOfThese);
    const only = whole();
    only.homes[0]!.people.pop();
    answers = [{ ...only, version: '11' }];
    await refreshPack('1', nowMs);
    await check({ recognised_by: 'id_number', id_number: number });
    expect((await waiting(1))[0]!.passage).toMatchObject({ person_ids: ['11'], recognised_by: 'id_number' });
    expect((await waiting(1))[0]!.passage).not.toHaveProperty('id_number');
    const { items } = await check({ recognised_by: 'id_number', id_number: '000101199001019999' });
    expect(items[0]!.reasons.map((each) => each.reason)).toContain('person_unknown');
    expect((await waiting(2))[1]!.passage).toMatchObject({ id_number: '000101199001019999' });
  });
  it('knows a visitor by the code and refuses to guess at others', async () => {
    const { items } = await check({ recognised_by: 'personal_code', token: 'FLV:ABC', direction: 'in' });
    expect(items[0]).toMatchObject({ visit_id: '5', name_masked: '张*' });
    expect((await waiting(1))[0]!.passage).toMatchObject({ recognised_by: 'visit', visit_id: '5' });
    await expect(check({ recognised_by: 'personal_code', token: 'opaque' })).rejects.toEqual(
      new WordedFault('offline.code_unknown'),
    );
    await expect(check({ recognised_by: 'personal_code', token: 'FL1:ABC' })).rejects.toEqual(
      new WordedFault('offline.code_unsure'),
    );
  });
  it('counts its own outings of a home until the server has', async () => {
    const first = await check({ person_ids: ['11'], temperature_tenths: 365, mask: 'worn' });
    expect(first.items[0]!.outcome).toBe('pass');
    const second = await check({ person_ids: ['12'], temperature_tenths: 365, mask: 'worn' });
    expect(second.items[0]!.reasons.map((each) => [each.reason, each.count])).toContainEqual([
      'outings_used_up',
      1,
    ]);
  });
  it('does not count the same person twice within half a minute', async () => {
    await check({ person_ids: ['21'], direction: 'in', temperature_tenths: 365 });
    const again = await check(
      { person_ids: ['21'], direction: 'in', temperature_tenths: 365 },
      nowMs + 12_000,
    );
    expect(again.items[0]!.repeated_seconds).toBe(12);
    expect(await waiting(9)).toHaveLength(1);
  });
  it('decides by the corrected clock and says which', async () => {
    hear({
      status: 200,
      code: '',
      serverDate: new Date(nowMs + 3_600_000).toUTCString(),
      askedAtMs: nowMs,
      heardAtMs: nowMs,
    });
    await expect(check({ person_ids: ['11'] })).rejects.toEqual(new WordedFault('offline.pack_old'));
    hear({
      status: 200,
      code: '',
      serverDate: new Date(nowMs).toUTCString(),
      askedAtMs: nowMs,
      heardAtMs: nowMs,
    });
  });
  it('stops when the roster is too old', async () => {
    await expect(check({ person_ids: ['11'] }, nowMs + 3_600_001)).rejects.toEqual(
      new WordedFault('offline.pack_old'),
    );
    await dropPack();
    await expect(check({ person_ids: ['11'] })).rejects.toEqual(new WordedFault('offline.no_pack'));
  });
});

describe('the pack', () => {
  it('lies sealed on the phone and comes back after a start', async () => {
    const sealed = await recallKept<{ data: ArrayBuffer }>('pack');
    expect(new TextDecoder().decode(sealed!.data)).not.toContain('王');
    await loadPack();
    expect(pack.version).toBe('10');
  });
  it('forgets whom it is told to forget, and takes homes whole', () => {
    const before = whole();
    const after = merged(before, {
      ...whole(),
      version: '11',
      since: '10',
      homes: [{ household_id: '3', label: '2-1-102', people: [] }],
      visits: [],
      dropped: { household_ids: ['2'], person_ids: ['12'], visit_ids: ['5'] },
    });
    expect(after.homes.map((home) => [home.household_id, home.people.map((each) => each.person_id)])).toEqual(
      [
        ['1', ['11']],
        ['3', []],
      ],
    );
    expect(after.visits).toEqual([]);
    expect(before.homes[0]!.people).toHaveLength(2);
  });
  it('is walked by building, unit and door', () => {
    expect(placesInPack('').map((each) => [each.kind, each.name, each.people])).toEqual([
      ['building', '1', 3],
    ]);
    expect(placesInPack('1').map((each) => each.label)).toEqual(['1-1', '1-2']);
    expect(placesInPack('1-1').map((each) => [each.kind, each.area_id, each.name])).toEqual([
      ['household', '1', '101'],
    ]);
    expect(peopleInPack('1').map((each) => each.name_masked)).toEqual(['王**', '李*']);
    expect(findPerson('21')!.home.label).toBe('1-2-301');
  });
});

describe('what a signed code says', () => {
  const claims = {
    issuer: '620102001001',
    issuedAt: nowMs,
    expiresAt: nowMs + 86_400_000,
    codeId: new Uint8Array(8),
    role: 'visitor' as const,
    nameMasked: '张*',
    lastFour: '1234',
    unit: '1-1',
    colour: { colour: 'yellow' as const, readAt: nowMs - 1000, grade: 'connector' as const },
    negative: { sampledAt: nowMs - 7200_000, reportedAt: nowMs - 3600_000 },
    paper: 'none' as const,
  };
  it('stands alone for who is not on the roster', () => {
    expect(standsOf(claims, '620102001001')).toMatchObject({
      relation: 'visitor',
      visitor: { record: 'expected', until: instantText(nowMs + 86_400_000) },
      code: { colour: 'yellow', grade: 'connector' },
      nat: { state: 'negative' },
    });
    expect(standsOf(claims, '620102002002')).not.toHaveProperty('visitor');
    const resident = { ...claims, role: 'volunteer' as const, person: '99' };
    expect(standsOf(resident, '620102001001')).toMatchObject({ relation: 'resident_elsewhere' });
  });
  it('beside the roster only where it is later', () => {
    const newer = {
      code: { colour: 'green', read_at: instantText(nowMs) },
      nat: { last_negative: undefined },
    };
    const stands = standsWith(newer, claims) as Record<string, { colour?: string; state?: string }>;
    expect(stands.code!.colour).toBe('green');
    expect(stands.nat!.state).toBe('negative');
  });
});
