// An isolation order from the proposal to the end: proposed by the community, decided by the district, known at the gate
// at once; the person reports, fever reaches the health officer, the papers are made, and nothing is left behind.
import { readFileSync } from 'node:fs';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Browser, Page } from '@playwright/test';

// Nobody else's server: its resident may not go out meanwhile.
test.use({ packs: 'fl-base,cn-9' });

async function openAs(page: Page, firstline: Firstline, address: string, who: string): Promise<void> {
  const account = firstline.account(who);
  await page.goto(firstline.address + address);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  if (!account.totp_secret) return;
  await page.fill('[name=totp]', firstline.totp(account));
  await page.getByRole('button', { name: '登录', exact: true }).click();
}
const desk = async (browser: Browser) =>
  (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } })).newPage();
const shot = async (page: Page, name: string) => {
  if (process.env.FIRSTLINE_SHOTS)
    await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/${name}.png`, fullPage: true });
};
async function paper(page: Page, name: string): Promise<void> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-paper="${name}"]`).click()]);
  const path = await file.path();
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  if (process.env.FIRSTLINE_SHOTS) await file.saveAs(`${process.env.FIRSTLINE_SHOTS}/isolation-${name}.pdf`);
}

test('somebody is isolated by two persons, watched over, and let go', async ({ page, browser, firstline }) => {
  test.skip(!firstline.real, 'the mock server keeps no orders');
  test.setTimeout(90_000);
  const secretary = await firstline.signIn('secretary');
  const resident = await firstline.signIn('resident');
  const home = await resident.get('/api/v1/my/household');
  const me = home.people.find((each: { is_me: boolean }) => each.is_me);
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  // Asked without going: a second passage within half a minute would be answered like the first.
  const out = () =>
    secretary.command(`/api/v1/gates/${gate.gate_id}/try`, {
      id: undefined,
      person_id: me.person_id,
      direction: 'out',
      temperature_tenths: 365,
    });
  const reasons = async () => (await out()).reasons.map((one: { reason: string }) => one.reason);

  // Proposed by the community.
  const clerk = await desk(browser);
  await openAs(clerk, firstline, '/console/#/isolations', 'secretary');
  await clerk.getByText('提出隔离', { exact: true }).click();
  await clerk.fill('[name=isolation_person]', '1-1-101');
  await clerk.getByRole('button', { name: '查找' }).click();
  await clerk.locator(`[data-choose="${me.person_id}"]`).click();
  await clerk.fill('[name=isolation_ref]', '2022-017');
  await clerk.fill('[name=isolation_reason]', '与病例同住');
  await expectAccessible(clerk, 'an isolation order proposed');
  await shot(clerk, 'isolation-propose-1280');
  await clerk.getByRole('button', { name: '提请决定' }).click();
  const row = clerk.locator('[data-order]').first();
  await expect(row).toHaveAttribute('data-state', 'proposed');
  expect(await reasons()).not.toContain('isolation_central');

  // Decided by the district; the gate knows it at once.
  const district = await desk(browser);
  await openAs(district, firstline, '/console/#/isolations', 'commander');
  await district.locator('[data-order]').first().getByRole('link', { name: '打开' }).click();
  await district.fill('[name=issuer]', '区疫情防控指挥部');
  await district.fill('[name=document]', '隔字〔2022〕12号');
  await district.getByRole('button', { name: '同意', exact: true }).click();
  await expect(district.locator('h2[data-state="in_force"]')).toBeVisible();
  expect((await out()).outcome).toBe('hold');
  expect(await reasons()).toContain('isolation_central');

  // The person sees it, reports, and takes the paper.
  await openAs(page, firstline, '/resident/', 'resident');
  const mine = page.locator('[data-isolation]');
  await expect(mine).toContainText('第 1 天，共 10 天');
  await expect(mine).toContainText('今天应做核酸');
  await page.fill('[name=temperature]', '36.6');
  await page.getByRole('button', { name: '提交报告' }).click();
  await expect(page.getByText('已收到', { exact: true })).toBeVisible();
  await page.getByText('隔离日历').click();
  await expectAccessible(page, 'my isolation');
  await shot(page, 'isolation-mine-360');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await paper(page, 'order-zh');
  await page.getByText('提出异议', { exact: true }).click();
  await page.fill('[name=isolation_objection]', '那天我不在家');
  await page.getByRole('button', { name: '提交异议' }).click();
  await expect(mine).toContainText('前答复');
  await page.fill('[name=temperature]', '38.2');
  await page.locator('[name=cough]').check();
  await page.getByRole('button', { name: '提交报告' }).click();
  await expect(page.getByText('已通知疾控人员')).toBeVisible();

  // Fever is on the desk's first page, for the health officer to answer.
  await clerk.goto(`${firstline.address}/console/#/`);
  const alert = clerk.locator('[data-isolation-alert="symptoms"]');
  await expect(alert).toContainText('38.2 ℃');
  await expect(alert).toContainText('由疾控人员处理');
  await district.goto(`${firstline.address}/console/#/isolations`);
  await district.locator('[data-isolation-alert] select').selectOption('transfer_arranged');
  await district.getByRole('button', { name: '登记处理' }).click();
  await expect(district.locator('[data-isolation-alert]')).toContainText('已安排转运');
  await shot(district, 'isolation-list-1280');
  await clerk.goto(`${firstline.address}/console/#/isolations`);
  await clerk.locator('[data-order]').first().getByRole('link', { name: '打开' }).click();
  await clerk.fill('[name=from_place]', '1-1-101');
  await clerk.fill('[name=to_place]', '第三隔离点');
  await clerk.fill('[name=vehicle]', '负压车 3 号');
  await clerk.fill('[name=by_whom]', '转运组');
  await clerk.getByRole('button', { name: '登记', exact: true }).click();
  await expect(clerk.locator('[data-step="arranged"]')).toBeVisible();
  await expectAccessible(clerk, 'one isolation order');
  await shot(clerk, 'isolation-order-1280');
  await clerk.setViewportSize({ width: 360, height: 780 });
  expect(await clerk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await shot(clerk, 'isolation-order-360');
  await paper(clerk, 'order-en');

  // Ended the way it came; nothing is left at the gate.
  await clerk.fill('[name=reason]', '专家评估可以解除');
  await clerk.getByRole('button', { name: '提请解除' }).click();
  await expect(clerk.locator('[data-act="end"]')).toBeVisible();
  await district.locator('[data-order]').first().getByRole('link', { name: '打开' }).click();
  await district.fill('[name=answered_for]', '区疫情防控指挥部');
  await district.fill('[name=objection_answer]', '已核实');
  await district.getByRole('button', { name: '答复', exact: true }).click();
  await expect(district.locator('[data-objection]')).toContainText('已核实');
  await district.fill('[name=issuer]', '区疫情防控指挥部');
  await district.fill('[name=document]', '隔字〔2022〕19号');
  await district.getByRole('button', { name: '同意', exact: true }).click();
  await expect(district.locator('h2[data-state="ended"]')).toBeVisible();
  expect(await reasons()).not.toContain('isolation_central');
  await page.reload();
  await expect(mine).toHaveAttribute('data-isolation', 'ended');
  await paper(page, 'end-zh');
});
