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
  await expectAccessible(page, 'facts');
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
