// Those on the other side of the gate: the resident's own phone, the office's desk, the first page.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import { goOnDuty, nextPerson, noteTemperature, outcomeOf, shoot, spoken, verdict } from './gate_page';

async function signIn(page: Page, firstline: Firstline, who: string): Promise<void> {
  const account = firstline.account(who);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  if (!account.totp_secret) return;
  await page.locator('[name=totp]').fill(firstline.totp(account));
  await page.locator('form button[type=submit]').click();
}

test('a resident sees the own family and shows a code that a keeper can read', async ({
  page,
  firstline,
  browser,
}) => {
  await page.goto('/resident/');
  await expectAccessible(page, 'sign in');
  await signIn(page, firstline, 'resident');
  await expect(page.locator('.people li')).not.toHaveCount(0);
  await expect(page.locator('.people')).not.toContainText('*');
  await expectAccessible(page, 'family');
  await page.getByRole('link', { name: '出示我的码' }).click();
  await expect(page.locator('[data-code]')).toBeVisible();
  await expectAccessible(page, 'code');

  const neighbour = await firstline.signIn('resident2');
  const gatePage = await browser.newPage({ baseURL: firstline.address, locale: 'zh-CN' });
  await goOnDuty(gatePage, firstline);
  await gatePage.getByRole('button', { name: '出', exact: true }).click();
  await noteTemperature(gatePage, 1);
  await shoot(gatePage, (await neighbour.get('/api/v1/my/code')).token);
  expect(await outcomeOf(gatePage)).toBeTruthy();
  await expect(verdict(gatePage).locator('.who')).toContainText('*');
  await gatePage.close();
});

test("a resident's own scan answers the resident and comes up at the gate", async ({
  page,
  firstline,
  browser,
}) => {
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const gatePage = await browser.newPage({ baseURL: firstline.address, locale: 'zh-CN' });
  await goOnDuty(gatePage, firstline);
  await page.goto(`/v/${gate.venue_code}`);
  await signIn(page, firstline, 'resident2');
  await expectAccessible(page, 'scan');
  await page.getByRole('button', { name: '我要进来' }).click();
  await expect(page.locator('.verdict').first()).toBeVisible();
  await expectAccessible(page, 'own verdict');
  await expect(verdict(gatePage)).toContainText('居民自己扫码');
  expect(await spoken(gatePage)).toHaveLength(1);
  await nextPerson(gatePage);
  await gatePage.close();
});

test('the desk sees an emergency at once and says that it was seen', async ({ page, firstline }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/console/');
  await signIn(page, firstline, 'secretary');
  await expect(page.locator('[data-gate]').first()).toBeVisible();
  await expect(page.locator('.live.open')).toBeVisible();
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0].gate_id;
  const emergency = { at: new Date().toISOString(), kind: 'medical', direction: 'out', people: 1 };
  const before = await page.locator('.alarm.emergency').count();
  await keeper.command(`/api/v1/gates/${gate}/emergencies`, emergency);
  await expect(page.locator('.alarm.emergency')).toHaveCount(before + 1);
  const alarm = page.locator('.alarm.emergency').first();
  await alarm.getByRole('button', { name: '我已知悉' }).click();
  await expect(alarm).toContainText('已阅 1/2');
  await expectAccessible(page, 'desk');
});

test('the first page and the page about the certificate can be read', async ({ page }) => {
  for (const path of ['/', '/trust/']) {
    await page.goto(path);
    await expect(page.locator('h1')).toBeVisible();
    await expectAccessible(page, path);
  }
});
