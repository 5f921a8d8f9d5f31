// A resident says what is wrong in their record; the office reads, answers, and the resident sees it.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Page } from '@playwright/test';

async function openAs(page: Page, firstline: Firstline, address: string, who: string): Promise<void> {
  const { login, password } = firstline.account(who);
  await page.goto(firstline.address + address);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

test('a correction goes from the resident to the office and back', async ({ page, browser, firstline }) => {
  test.skip(!firstline.real, 'the mock server keeps no requests');
  await openAs(page, firstline, '/resident/#/data', 'resident');
  await page.fill('[name=words]', '我的手机号换了，请更新。');
  await page.getByRole('button', { name: '提交给社区' }).click();
  await expect(page.locator('.corrections li')).toContainText('等待社区处理');
  await expectAccessible(page, 'my data with a request');

  const desk = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } })).newPage();
  await openAs(desk, firstline, '/console/#/people', 'secretary');
  const asked = desk.locator('[data-correction]');
  await expect(asked).toHaveCount(1);
  await expect(asked).not.toContainText('手机号');
  await asked.getByRole('button', { name: '查看内容（会留下记录）' }).click();
  await expect(asked).toContainText('我的手机号换了');
  await expectAccessible(desk, 'a request at the desk');
  await asked.getByLabel('给居民的答复').fill('已登记新号码');
  await asked.getByRole('button', { name: '已更正' }).click();
  await expect(asked).toHaveCount(0);

  await page.reload();
  await expect(page.locator('.corrections li')).toContainText('已登记新号码');
});
