// From a person to the tracer's list: asked on a purpose, masked, and written down.
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
  test.skip(!firstline.real, 'the mock server traces nobody');
});

test('the officer lists the contacts of a resident, and the asking is a fact', async ({
  page,
  firstline,
}) => {
  const resident = await firstline.signIn('resident');
  const { people } = await resident.get('/api/v1/my/household');
  const me = people.find((one: { is_me: boolean }) => one.is_me);
  await openAs(page, firstline, `/console/#/contacts/${me.person_id}`, 'health_officer');
  await expect(page.locator('h2')).toContainText('**');
  await page.selectOption('[name=purpose]', 'suspected_case');
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('[data-trace]')).toBeVisible();
  for (const one of people)
    await expect(page.locator(`[data-person="${one.person_id}"]`)).toHaveCount(one.is_me ? 0 : 1);
  await expect(page.locator('main')).not.toContainText(/1[0-9]{10}/);
  await expectAccessible(page, 'contacts');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 860 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    if (process.env.FIRSTLINE_SHOTS)
      await page.screenshot({
        path: `${process.env.FIRSTLINE_SHOTS}/contacts-${width}.png`,
        fullPage: true,
      });
  }
  await page.goto('/console/#/facts');
  await expect(page.locator('.fact').filter({ hasText: '查询接触者' }).first()).toBeVisible();
});
