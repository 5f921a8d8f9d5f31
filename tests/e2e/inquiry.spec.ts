// After the fact: who did what, why a passage was decided, who opened a record.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';

async function openAs(page: Page, firstline: Firstline, path: string, who: string): Promise<void> {
  const account = firstline.account(who);
  await page.goto(path);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  if (account.totp_secret) {
    await page.locator('[name=totp]').fill(firstline.totp(account));
    await page.locator('form button[type=submit]').click();
  }
  await expect(page.locator('[name=password]')).toHaveCount(0);
}

test.beforeEach(({ firstline }) => {
  test.skip(!firstline.real, 'the mock server keeps no facts');
});

test('an override leads to its why, and the rule says the same again', async ({ page, firstline }) => {
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const resident = await firstline.signIn('resident');
  const { token } = await resident.get('/api/v1/my/code');
  const passed = await keeper.command(`/api/v1/gates/${gate.gate_id}/passages`, {
    at: new Date().toISOString(),
    direction: 'in',
    recognised_by: 'personal_code',
    token,
    mask: 'missing',
  });
  const { passage_id, outcome } = passed.items[0];
  await keeper.command(`/api/v1/gates/${gate.gate_id}/passages/${passage_id}/override`, {
    at: new Date().toISOString(),
    reason: 'care_duty',
    note: '照顾老人',
  });
  await openAs(page, firstline, '/console/#/facts', 'secretary');
  const fact = page.locator('.fact').filter({ hasText: '值守人员改判' }).first();
  await expect(fact).toBeVisible();
  await expect(fact).toContainText('（值守人员）');
  await expectAccessible(page, 'facts');
  if (process.env.FIRSTLINE_SHOTS)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/facts-${width}.png`, fullPage: true });
    }
  // By the role, and by a tap on the post, the subject, the place.
  await page.selectOption('[name=role]', 'secretary');
  await expect(page.locator('.fact').filter({ hasText: '值守人员改判' })).toHaveCount(0);
  await page.selectOption('[name=role]', 'keeper');
  await expect(fact).toBeVisible();
  await fact.getByRole('button').nth(1).click();
  await expect(page.locator('.only')).toContainText('只看关于');
  await expect(page.locator('.fact')).toHaveCount(1);
  await page.locator('.only button').click();
  await expect(page.locator('.only')).toHaveCount(0);
  await fact.getByRole('link', { name: '为什么' }).click();
  await expect(page.locator('[data-again]')).toContainText('给出相同的结论');
  await expect(page.locator('.verdict')).toHaveClass(new RegExp(outcome));
  await expectAccessible(page, 'why');
  if (process.env.FIRSTLINE_SHOTS)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/why-${width}.png`, fullPage: true });
    }
});

test('a reveal shows up on the page of the person it was about', async ({ page, firstline }) => {
  const resident = await firstline.signIn('resident');
  const { people } = await resident.get('/api/v1/my/household');
  const me = people.find((one: { is_me: boolean }) => one.is_me);
  const secretary = await firstline.signIn('secretary');
  const community = secretary.session.roles[0]!.area_id;
  await openAs(page, firstline, '/resident/#/data', 'resident');
  await expect(page.getByText('没有人查看过您的信息。')).toBeVisible();
  await secretary.command(`/api/v1/communities/${community}/people/${me.person_id}/reveal`, {
    reason: 'delivery',
    note: '送药上门',
  });
  await page.reload();
  await expect(page.locator('.looks li')).toContainText('配送');
  await expectAccessible(page, 'my data');
  if (process.env.FIRSTLINE_SHOTS)
    await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/data-360.png`, fullPage: true });
});

test('one page says why of anything: a pass by one person, a change of rules by two, who looked at whom', async ({
  page,
  firstline,
}) => {
  const secretary = await firstline.signIn('secretary');
  const officer = await firstline.signIn('health_officer');
  const commander = await firstline.signIn('commander');
  const here = `/api/v1/communities/${secretary.session.roles[0]!.area_id}`;
  const home = (await secretary.get(`${here}/pass-holders?label=1-1-202`)).items[0];
  if (!home.passes.length)
    await secretary.command(`${here}/passes`, {
      household_id: home.household_id,
      valid_through: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
      form: 'printed',
    });
  const change = await officer.command(`/api/v1/areas/${secretary.session.roles[0]!.area_id}/rule-changes`, {
    pack: 'lz-gate-2022-07',
    put_in: true,
    order_text: '区指挥部通知',
    starts_at: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  });
  await commander.command(`/api/v1/rule-changes/${change.change_id}/confirm`);

  await openAs(page, firstline, '/console/#/facts', 'secretary');
  const whyOf = async (kind: string) => {
    await page.locator(`[data-kind="${kind}"]`).first().getByRole('link', { name: '为什么' }).click();
    await expect(page.locator('[data-what]')).toBeVisible();
  };
  await whyOf('movement.pass_issued');
  await expect(page.locator('[data-person]')).toContainText('由人决定');
  await expect(page.locator('[data-hands]')).toContainText('（社区书记）');
  await expectAccessible(page, 'why of a pass');
  await page.getByRole('link', { name: '返回' }).click();

  await whyOf('rulebook.confirmed');
  await expect(page.locator('[data-hands]')).toContainText('（指挥员）');
  await expect(page.locator('[data-hands]')).toContainText('（卫生专员）');
  await expect(page.locator('[data-history] li')).toHaveCount(2);
  if (process.env.FIRSTLINE_SHOTS)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/why-rules-${width}.png`, fullPage: true });
    }
  await commander.command(`/api/v1/rule-changes/${change.change_id}/withdraw`);

  await page.getByRole('link', { name: '返回' }).click();
  await page.selectOption('[name=kind]', 'looks');
  for (const kind of await page.locator('.fact').evaluateAll((all) => all.map((one) => one.getAttribute('data-kind'))))
    expect(kind).toMatch(/revealed$/);
});
