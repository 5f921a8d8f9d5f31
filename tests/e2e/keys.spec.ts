// A signing key that has got out: one person asks, a second confirms, and what it signed counts nowhere any more.
import type { Browser, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';

// A server of its own: all codes of the community stop.
test.use({ packs: 'fl-base,cn-8,gs-2022-03,lz-gate-2022' });
test.skip(({ firstline }) => !firstline.real, 'the mock signs nothing');
test.setTimeout(120_000);

async function desk(browser: Browser, firstline: Firstline, who: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: firstline.address,
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  const account = firstline.account(who);
  await page.goto('/console/#/badges');
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  if (account.totp_secret) {
    await page.locator('[name=totp]').fill(firstline.totp(account));
    await page.locator('form button[type=submit]').click();
  }
  await expect(page.getByRole('heading', { name: '签名密钥' })).toBeVisible();
  return page;
}

test('a key is withdrawn by two persons, and the desk’s badge that it signed is refused', async ({ browser, firstline }) => {
  const secretary = await firstline.signIn('secretary');
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const badge = () =>
    secretary.command(`/api/v1/communities/${gate.community_id}/codes`, {
      kind: 'badge',
      name: '钱七八',
      last_four: '1234',
      hours: 8,
    });
  const pass = ({ code }: { code: string }) =>
    keeper.command(`/api/v1/gates/${gate.gate_id}/passages`, {
      at: new Date().toISOString(),
      direction: 'in',
      recognised_by: 'personal_code',
      token: code,
    });
  const before = await badge();
  expect((await pass(before)).items[0].name_masked).toBe('钱**');

  const first = await desk(browser, firstline, 'secretary');
  const key = first.locator('[data-key]').filter({ hasText: '在用' }).first();
  await key.getByRole('button', { name: '作废这把密钥' }).click();
  await key.locator('[name=reason]').fill('备份盘丢失');
  await expectAccessible(first, 'a withdrawal asked');
  await key.getByRole('button', { name: '提出作废' }).click();
  await expect(first.locator('[data-withdrawal]')).toContainText('备份盘丢失');
  await expect(first.getByRole('button', { name: '确认作废' })).toHaveCount(0); // Nobody confirms their own.
  expect((await pass(before)).items).toHaveLength(1);

  const second = await desk(browser, firstline, 'health_officer');
  await second.getByRole('button', { name: '确认作废' }).click();
  await expectAccessible(second, 'a withdrawal to confirm');
  await second.getByRole('button', { name: '确认，立即作废' }).click();
  await expect(second.locator('[data-key]').filter({ hasText: '已作废' })).toHaveCount(1);
  await expect(pass(before)).rejects.toThrow(/person\.unknown_code|code\./);
  expect((await pass(await badge())).items[0].name_masked).toBe('钱**'); // Another key signs.
  await first.context().close();
  await second.context().close();
});
