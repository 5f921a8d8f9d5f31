// A seal from the proposal to the release: proposed by the community, decided and announced by the district, read on a
// phone, its conditions filled, and lifted; the gate sees it all the way.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Page } from '@playwright/test';

// A server of its own: what is closed here must not reach the other tests' gates. Under the Twenty Measures five days
// without a case are enough and no round is asked for, so that the story ends on the same page.
test.use({ packs: 'fl-base,cn-9,cn-20' });

async function openConsole(page: Page, firstline: Firstline, who: string): Promise<void> {
  const account = firstline.account(who);
  await page.goto(`${firstline.address}/console/`);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  if (account.totp_secret) {
    await page.locator('[name=totp]').fill(firstline.totp(account));
    await page.locator('form button[type=submit]').click();
  }
  await page.getByRole('link', { name: '封控与解封' }).click();
  await expect(page.getByRole('heading', { name: '封控令' })).toBeVisible();
}
// "2022-04-01T08:30" in the time of the place.
const inMinutes = (firstline: Firstline, minutes: number) =>
  new Date(firstline.now() + (8 * 60 + minutes) * 60_000).toISOString().slice(0, 16);

test('a seal is proposed, decided by another, announced, read, filled and lifted', async ({
  page,
  browser,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server keeps no orders');
  test.setTimeout(150_000);
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const resident = await firstline.signIn('resident');
  const home = await resident.get('/api/v1/my/household');
  const secretary = await firstline.signIn('secretary');
  // Asked without going: a second passage within half a minute would be answered like the first.
  const out = () =>
    secretary.command(`/api/v1/gates/${gate.gate_id}/try`, {
      id: undefined,
      person_id: home.people[0].person_id,
      direction: 'out',
      temperature_tenths: 365,
    });

  // The community proposes, having compared the scopes.
  await openConsole(page, firstline, 'secretary');
  await page.getByText('提出封控', { exact: true }).click();
  await page.fill('[name=seal_place]', '1-1-101');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('button', { name: '比较范围' }).first().click();
  await expect(page.locator('[data-scope="compound"]')).toBeVisible();
  await page.locator('[data-scope="unit"]').getByRole('button', { name: '加入范围' }).click();
  await page.fill('[name=ground_ref]', '2022-017');
  await page.fill('[name=review_at]', inMinutes(firstline, 3 * 24 * 60));
  await page.selectOption('[name=clock_anchor]', 'last_case_removed');
  await page.fill('[name=justification]', '同一单元共用电梯');
  await page.fill('[name=smaller_scope]', '只封一层：电梯共用');
  await page.screenshot({ path: test.info().outputPath('seal-propose.png'), fullPage: true });
  await page.getByRole('button', { name: '提请决定' }).click();
  const row = page.locator('[data-order]').first();
  await expect(row).toContainText('已提出，未决定');
  await expectAccessible(page, 'seals');
  await row.getByRole('link', { name: '打开' }).click();
  await expect(page.getByText('等待区级以上机关的另一人决定')).toBeVisible();
  expect((await out()).reasons.map((one: { reason: string }) => one.reason)).not.toContain('home_sealed');

  // The district decides and announces.
  const district = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } });
  await openConsole(district, firstline, 'commander');
  await district.locator('[data-order]').first().getByRole('link', { name: '打开' }).click();
  await district.fill('[name=issuer]', '区疫情防控指挥部');
  await district.fill('[name=document]', '第12号通告');
  await district.getByRole('button', { name: '同意', exact: true }).click();
  await district.getByRole('button', { name: '公布' }).click();
  await expect(district.locator('h2[data-state="in_force"]')).toBeVisible();
  await expectAccessible(district, 'one seal');
  await district.screenshot({ path: test.info().outputPath('seal-order.png'), fullPage: true });
  const card = (await district.locator('[data-card]').getAttribute('href'))!;
  const sealed = await out();
  expect(sealed.outcome).toBe('refuse');
  expect(sealed.reasons.map((one: { reason: string }) => one.reason)).toContain('home_sealed');

  // Anybody reads the card, on a phone and without signing in.
  const phone = await browser.newPage({ locale: 'zh-CN', viewport: { width: 360, height: 740 } });
  await phone.goto(`${firstline.address}${card}`);
  await expect(phone.getByText('区疫情防控指挥部')).toBeVisible();
  const condition = phone.locator('[data-condition="no_new_case"]');
  await expect(condition).toHaveAttribute('data-met', 'unknown');
  await expect(phone.locator('[data-earliest]')).toContainText('还有事项待查清');
  await expect(phone.getByText('急病、火灾等紧急情况随时可以出门')).toBeVisible();
  await expectAccessible(phone, 'card of a seal');
  await phone.screenshot({ path: test.info().outputPath('seal-card.png'), fullPage: true });
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await phone.getByRole('button', { name: '大字版' }).click();
  await expectAccessible(phone, 'card of a seal, elder edition');
  await phone.screenshot({ path: test.info().outputPath('seal-card-elder.png'), fullPage: true });
  await phone.getByRole('button', { name: '标准字号' }).click();
  await phone.pdf({ path: test.info().outputPath('seal-notice.pdf'), format: 'A4' });
  await phone.emulateMedia({ media: 'print' });
  await expect(phone.getByRole('img', { name: '扫码看最新进展' })).toBeVisible();
  await phone.screenshot({ path: test.info().outputPath('seal-notice.png'), fullPage: true });
  await phone.emulateMedia({ media: 'screen' });

  // What happened is written down: the card follows by itself.
  await page.reload();
  const record = async (kind: string, ref: string, minutes: number) => {
    await page.selectOption('[name=happening]', kind);
    if (ref) await page.fill('[name=happening_ref]', ref);
    await page.fill('[name=happening_at]', inMinutes(firstline, minutes));
    await page.getByRole('button', { name: '记录', exact: true }).first().click();
  };
  const day = 24 * 60;
  await record('case_found', '2022-017', -6 * day);
  await expect(page.getByText('发现病例 2022-017')).toBeVisible();
  await expect(condition).toHaveAttribute('data-met', 'unmet', { timeout: 15_000 });
  await expect(phone.getByText('病例还没有转运')).toBeVisible();
  await record('case_removed', '2022-017', -6 * day + 60);
  await expect(condition).toHaveAttribute('data-met', 'met', { timeout: 15_000 });
  await expect(phone.locator('[data-earliest]')).toContainText('条件已全部满足');
  await expect(phone.locator('.waiting')).toContainText('尚未决定');

  // Who lives inside sees it on the first page, and objects.
  const mine = await browser.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
  const account = firstline.account('resident');
  await mine.goto(`${firstline.address}/resident/`);
  await mine.fill('[name=login]', account.login);
  await mine.fill('[name=password]', account.password);
  await mine.locator('form button[type=submit]').click();
  await mine.locator('[data-home-seal]').click();
  await mine.fill('[name=objection]', '条件都满足了，请尽快决定');
  await mine.getByRole('button', { name: '提交异议' }).click();
  await expect(mine.getByText('已收到')).toBeVisible();

  // Lifted the way it came.
  await page.fill('[name=reason]', '条件已全部满足');
  await page.getByRole('button', { name: '提请解除' }).click();
  await expect(page.locator('[data-act="release"]')).toBeVisible();
  await district.reload();
  await district.fill('[name=issuer]', '区疫情防控指挥部');
  await district.fill('[name=document]', '第13号通告');
  await district.getByRole('button', { name: '同意', exact: true }).click();
  await district.getByRole('button', { name: '公布' }).click();
  await expect(district.locator('h2[data-state="released"]')).toBeVisible();
  await expect(phone.getByRole('heading', { name: /已于 .* 解除/ })).toBeVisible({ timeout: 15_000 });
  expect((await out()).reasons.map((one: { reason: string }) => one.reason)).not.toContain('home_sealed');
});
