// A colour against the code's own system waits for a second person; the resident appeals with a paper, the community
// carries it up, the district grants it, and the resident sees each step.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Browser, Page } from '@playwright/test';

// Nobody else's server: the colour of the resident changes on it.
test.use({ packs: 'fl-base,cn-8,gs-2022-03,lz-gate-2022' });

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
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

test('a colour needs a second person; an appeal goes up, is granted and followed', async ({
  page,
  browser,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server keeps no appeals');
  test.setTimeout(90_000);
  const secretary = await firstline.signIn('secretary');
  const resident = await firstline.signIn('resident');
  const home = await resident.get('/api/v1/my/household');
  const me = home.people.find((each: { is_me: boolean }) => each.is_me);
  const community = secretary.session.roles[0]!.area_id;
  // Red on paper against the connector's colour: that itself needs two persons.
  const clerk = await desk(browser);
  await openAs(clerk, firstline, `/console/#/person/${me.person_id}`, 'secretary');
  const health = clerk.locator('.person-health');
  await health.getByRole('button', { name: '依据文件登记颜色' }).click();
  await health.locator('[name=colour]').selectOption('red');
  await health.locator('[name=colour_document]').fill('通知 3 号');
  await health.getByRole('button', { name: '登记', exact: true }).click();
  await expect(health).toContainText('须由另一人确认');
  await expectAccessible(clerk, 'tests and colours of a person');
  await shot(clerk, 'person-health-1280');
  const officer = await desk(browser);
  await openAs(officer, firstline, '/console/#/appeals', 'health_officer');
  await expect(officer.locator('.proposal')).toContainText('红码');
  await expectAccessible(officer, 'a colour that waits for a second person');
  await shot(officer, 'colour-second-1280');
  const waiting = await secretary.get(`/api/v1/communities/${community}/colour-proposals`);
  const proposal = `/api/v1/communities/${community}/colour-proposals/${waiting.items[0].proposal_id}`;
  await expect(secretary.command(`${proposal}/confirm`)).rejects.toThrow('colour.by_the_same');
  await officer.locator('.proposal').getByRole('button', { name: '确认' }).click();
  await expect(officer.locator('.proposal')).toHaveCount(0);

  await openAs(page, firstline, '/resident/#/appeal', 'resident');
  await expect(page.locator('.readings li').first()).toContainText('红码');
  await expect(page.locator('.readings li').first()).toContainText('社区书记');
  await page.selectOption('[name=ground]', 'somebody_else');
  await page.fill('[name=words]', '那天我在家，去的是同名的人。');
  await page.setInputFiles('[name=papers]', { name: '证明.png', mimeType: 'image/png', buffer: onePixel });
  await expect(page.getByText('证明.png')).toBeVisible();
  await expectAccessible(page, 'an appeal written');
  await shot(page, 'appeal-write-360');
  await page.getByRole('button', { name: '提交申请' }).click();
  const mine = page.locator('.appeal');
  await expect(mine).toContainText('现在由社区办理');

  await clerk.goto(`${firstline.address}/console/#/appeals`);
  const asked = clerk.locator('[data-appeal]');
  await expect(asked).toHaveCount(1);
  await expect(asked).not.toContainText('同名');
  await asked.getByRole('button', { name: '打开申请和材料' }).click();
  await expect(asked).toContainText('同名的人');
  await expect(asked.getByRole('button', { name: '准予' })).toHaveCount(0);
  await asked.locator('[name=note]').fill('材料已看，情况属实。');
  await expectAccessible(clerk, 'an appeal at the desk');
  await shot(clerk, 'appeal-desk-1280');
  await asked.getByRole('button', { name: '转交上一级' }).click();
  await expect(asked).toContainText('街道办理');

  const district = await desk(browser);
  await openAs(district, firstline, '/console/#/appeals', 'commander');
  const up = district.locator('[data-appeal]');
  await up.getByRole('button', { name: '打开申请和材料' }).click();
  await up.locator('[name=note]').fill('经核实，系同名，已通知转码。');
  await up.locator('[name=document]').fill('转码通知 12 号');
  await up.getByRole('button', { name: '准予' }).click();
  await expect(up).toContainText('获准');

  await page.reload();
  await expect(mine).toContainText('申请获准');
  await expect(mine).toContainText('系同名');
  await expect(page.locator('.readings li').first()).toContainText('绿码');
  await expect(page.locator('.readings li').first()).toContainText('转码通知 12 号');
  await shot(page, 'appeal-follow-360');
});
