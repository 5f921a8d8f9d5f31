// Rules that end with the day: the server lives through a midnight in Shanghai, second by second.
import { expectAccessible } from './axe';
import { type Api, expect, type Firstline, test } from './fixtures';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const midnight = Date.parse('2022-03-16T00:00:00+08:00');
test.use({ packs: 'fl-base,cn-8,gs-2022-03,lz-gate-2022', clock: '2022-03-15T23:59:15+08:00' });

interface Tried {
  at: string;
  outcome: string;
  policy_version: string;
}

async function openRules(page: Page, firstline: Firstline): Promise<void> {
  const account = firstline.account('secretary'); // A code of the deciding roles is taken once, and has been taken.
  await page.goto('/console/#/rules');
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  await expect(page.getByRole('heading', { name: '规则变更' })).toBeVisible();
}

// Somebody whom only the want of a temperature stops: Lanzhou's own rule.
async function stoppedForTemperature(secretary: Api, gate: { gate_id: string; community_id: string }) {
  const here = `/api/v1/communities/${gate.community_id}`;
  const tries = (person: string, more: object) =>
    secretary.command(`/api/v1/gates/${gate.gate_id}/try`, {
      id: undefined,
      person_id: person,
      direction: 'out',
      ...more,
    }) as Promise<Tried>;
  for (const label of ['1-1-101', '1-1-102', '1-1-201', '1-1-202', '1-1-301', '1-1-302', '1-1-401']) {
    const found = await secretary.command(`${here}/search`, { id: undefined, text: label });
    const home = found.places.find((place: { kind: string }) => place.kind === 'household');
    if (!home) continue;
    for (const { person } of (await secretary.get(`${here}/households/${home.area_id}`)).people) {
      const [with_it, without] = [
        await tries(person.person_id, { temperature_tenths: 365 }),
        await tries(person.person_id, {}),
      ];
      if (with_it.outcome.startsWith('pass') && without.outcome === 'register_first')
        return () => tries(person.person_id, {});
    }
  }
  throw new Error('nobody is stopped for a temperature alone');
}

test('a pack taken out at midnight holds to the last moment of the day and not a moment longer', async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server decides nothing');
  test.setTimeout(150_000);
  const officer = await firstline.signIn('health_officer');
  const commander = await firstline.signIn('commander');
  const secretary = await firstline.signIn('secretary');
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const change = await officer.command(`/api/v1/areas/${gate.community_id}/rule-changes`, {
    pack: 'lz-gate-2022',
    put_in: false,
    order_text: '区指挥部通知',
  });
  await commander.command(`/api/v1/rule-changes/${change.change_id}/confirm`);
  const book = await officer.get(`/api/v1/areas/${gate.community_id}/rule-book`);
  expect(Date.parse(book.next_change_at)).toBe(midnight); // Without an hour of its own: the next midnight.

  await page.clock.setFixedTime(firstline.now());
  await openRules(page, firstline);
  await expect(page.locator('.next')).toContainText('00:00');
  await expect(page.locator('[data-packs]')).toContainText('lz-gate-2022');

  const tries = await stoppedForTemperature(secretary, gate);
  expect(firstline.now(), 'the machine was too slow to see the evening').toBeLessThan(midnight - 3_000);
  const seen: Tried[] = [];
  while (firstline.now() < midnight + 4_000) {
    seen.push(await tries());
    await new Promise((next) => setTimeout(next, 50));
  }
  const before = seen.filter((one) => Date.parse(one.at) < midnight);
  const after = seen.filter((one) => Date.parse(one.at) >= midnight);
  // Many answers, few assertions: each of Playwright's looks through all that went before it.
  expect(before.filter((one) => one.outcome !== 'register_first' || !one.policy_version.includes('lz-gate-2022'))).toEqual([]);
  expect(after.filter((one) => !one.outcome.startsWith('pass') || one.policy_version.includes('lz-gate-2022'))).toEqual([]);
  // The last answer of the day and the first of the next stand close to the boundary.
  expect(midnight - Date.parse(before.at(-1)!.at)).toBeLessThan(1_500);
  expect(Date.parse(after[0]!.at) - midnight).toBeLessThan(1_500);

  await page.clock.setFixedTime(firstline.now());
  await page.reload();
  await expect(page.locator('[data-packs]')).not.toContainText('lz-gate-2022');
  await expectAccessible(page, 'rules after midnight');
});

test('only the demo may stand at another time', ({ firstline }) => {
  test.skip(!firstline.real, 'the mock server has no clock');
  const data = mkdtempSync(join(tmpdir(), 'firstline-clock-'));
  const serve = (flags: string[], environment: Record<string, string> = {}) =>
    spawnSync(process.env.FIRSTLINE_BIN!, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...flags], {
      env: { ...process.env, ...environment },
      timeout: 20_000,
    });
  try {
    for (const refused of [
      serve(['--demo-clock', '2022-03-15T23:59:00+08:00']),
      serve([], { FIRSTLINE_DEMO_CLOCK: '2022-03-15T23:59:00+08:00' }),
      serve(['--demo', '--demo-clock', 'tomorrow']),
    ]) {
      expect(refused.status).toBe(2);
      expect(refused.stderr.toString()).toContain('demo-clock');
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
