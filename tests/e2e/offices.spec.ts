// Above the communities: who commands, decides and audits in a street or a district, and what was done there.
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';

test.beforeEach(({ firstline }) => {
  test.skip(!firstline.real, 'the mock server keeps no accounts');
});

test('the command of the district makes an account for a street, which sees its own street only', async ({
  page,
  browser,
  firstline,
}) => {
  const commander = firstline.account('commander');
  await page.goto('/console/#/offices');
  await page.fill('[name=login]', commander.login);
  await page.fill('[name=password]', commander.password);
  await page.locator('form button[type=submit]').click();
  await page.locator('[name=totp]').fill(firstline.totp(commander));
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('[name=office]')).toBeVisible();
  await expect(page.locator('[name=office] option').first()).toContainText('城关区');
  await expectAccessible(page, 'the district');
  await page.locator('[name=office]').selectOption({ label: '渭源路街道 · 街道' });
  const form = page.locator('details').first();
  await form.locator('summary').click();
  await page.fill('[name=display_name]', '渭源路街道指挥部');
  await page.fill('[name=new_login]', 'weiyuan.command');
  await page.locator('[name=area]').selectOption({ label: '渭源路街道' });
  await page.locator('form [name=role]').first().selectOption('commander');
  await page.getByRole('button', { name: '生成账号' }).click();
  await expect(page.locator('.once .login')).toHaveText('weiyuan.command');
  const password = await page.locator('.once .secret').innerText();
  const secret = await page.locator('.once code').innerText();
  await expectAccessible(page, 'an account of a street');
  if (process.env.FIRSTLINE_SHOTS)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 860 });
      await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/offices-${width}.png`, fullPage: true });
    }
  await page.getByRole('button', { name: '已交给本人' }).click();
  // It is written down there, with the role in which it was done.
  await page.locator('[name=kind]').selectOption('access');
  const fact = page.locator('[data-kind="access.account_added"]').first();
  await expect(fact).toContainText('区指挥部');
  await expect(fact).toContainText('（指挥员）');

  const street = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 360, height: 780 } })).newPage();
  await street.goto(`${firstline.address}/console/#/offices`);
  await street.fill('[name=login]', 'weiyuan.command');
  await street.fill('[name=password]', password);
  await street.locator('form button[type=submit]').click();
  await street
    .locator('[name=totp]')
    .fill(firstline.totp({ role: 'commander', login: '', password: '', totp_secret: secret }));
  await street.locator('form button[type=submit]').click();
  await street.fill('[name=old_password]', password);
  await street.fill('[name=new_password]', 'a bridge over the river');
  await street.getByRole('button', { name: '启用新密码' }).click();
  await street.goto(`${firstline.address}/console/#/offices`);
  await expect(street.locator('[name=office] option')).toHaveCount(1);
  await expect(street.locator('[name=office]')).toContainText('渭源路街道');
  // A commander gives every role below, and their own only below themselves.
  await street.locator('details').first().locator('summary').click();
  const roles = await street.locator('form [name=role]').first().locator('option').allInnerTexts();
  expect(roles).toContain('卫生专员');
  expect(roles).not.toContain('指挥员');
  await expectAccessible(street, 'a street at 360 px');
});
