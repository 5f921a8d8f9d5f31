// Who may sign in: a new keeper, the password that must be changed, a role handed over, a lost password by two persons,
// and leaving.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Page } from '@playwright/test';

async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}
async function openAccounts(page: Page, firstline: Firstline): Promise<void> {
  const { login, password } = firstline.account('secretary');
  await page.goto('/console/#/accounts');
  await enter(page, login, password);
  await expect(page.getByRole('heading', { name: '账号', exact: true })).toBeVisible();
}
async function addKeeper(page: Page, login: string): Promise<string> {
  const form = page.locator('details').first();
  if (!(await form.getAttribute('open').then((open) => open !== null))) await form.locator('summary').click();
  await page.fill('[name=display_name]', '东门夜班');
  await page.fill('[name=new_login]', login);
  await page.selectOption('[name=role]', 'keeper');
  await page.getByRole('button', { name: '生成账号' }).click();
  await expect(page.locator('.once .login')).toHaveText(login);
  const password = await page.locator('.once .secret').innerText();
  await page.getByRole('button', { name: '已交给本人' }).click();
  return password;
}

test.describe('accounts', () => {
  test.skip(({ firstline }) => !firstline.real, 'the mock server keeps no accounts');

  test('a new keeper changes the password that was handed out, then works, then leaves', async ({
    page,
    browser,
    firstline,
  }) => {
    await openAccounts(page, firstline);
    await expectAccessible(page, 'accounts');
    const handed = await addKeeper(page, 'east.night');
    const card = page.locator('[data-login="east.night"]');
    await expect(card).toContainText('临时密码未更换');

    const phone = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 360, height: 740 } })).newPage();
    await phone.goto(`${firstline.address}/gate/`);
    await enter(phone, 'east.night', handed);
    await expect(phone.getByRole('heading', { name: '设置您自己的密码' })).toBeVisible();
    await expectAccessible(phone, 'choose a password');
    await phone.fill('[name=old_password]', handed);
    await phone.fill('[name=new_password]', 'a lantern at the gate');
    await phone.getByRole('button', { name: '启用新密码' }).click();
    await expect(phone.getByRole('heading', { name: '设置您自己的密码' })).toBeHidden();
    await expect(phone.locator('body')).toContainText('北门');

    await page.reload();
    await expect(card).not.toContainText('临时密码未更换');
    await card.getByRole('button', { name: '离岗' }).click();
    await card.getByRole('button', { name: '注销账号' }).click();
    await expect(card).toBeHidden();
    await expect(page.getByText('已离岗（1）')).toBeVisible();
    await phone.reload();
    await expect(phone.locator('[name=login]')).toBeVisible();
    await enter(phone, 'east.night', 'a lantern at the gate');
    await expect(phone.getByText('账号或密码不正确')).toBeVisible();
  });

  test('a lost password takes two persons, and a role goes to a colleague', async ({ page, firstline }) => {
    await openAccounts(page, firstline);
    const first = await addKeeper(page, 'west.one');
    await addKeeper(page, 'west.two');
    const card = page.locator('[data-login="west.one"]');
    await card.getByRole('button', { name: '忘记密码' }).click();
    await card.locator('[name=reason]').fill('纸条丢了');
    await card.getByRole('button', { name: '申请重置' }).click();
    await expect(card).toContainText('须由另一位负责人确认');
    await expect(card.getByRole('button', { name: '确认并显示新密码' })).toHaveCount(0);
    await card.getByRole('button', { name: '撤回申请' }).click();
    await expect(card).not.toContainText('申请重置密码');

    // The grid worker asks, the secretary is the second person.
    const worker = await firstline.signIn('grid_worker');
    const secretary = await firstline.signIn('secretary');
    const community = (await secretary.get('/api/v1/my/gates')).items[0].community_id;
    const { items } = await worker.get(`/api/v1/areas/${community}/accounts`);
    const lost = items.find((each: { login: string }) => each.login === 'west.one');
    await worker.command(`/api/v1/accounts/${lost.account_id}/reset`, { reason: '纸条丢了', second_factor: false });
    await page.reload();
    await card.getByRole('button', { name: '确认并显示新密码' }).click();
    const second = await page.locator('.once .secret').innerText();
    expect(second).not.toBe(first);
    await page.getByRole('button', { name: '已交给本人' }).click();

    await card.getByRole('button', { name: '移交' }).click();
    await card.locator('[name=to_login]').fill('west.two');
    await card.locator('form').getByRole('button', { name: '移交' }).click();
    await expect(card).toContainText('没有职责');
  });

  test('taking a role away asks first', async ({ page, firstline }) => {
    await openAccounts(page, firstline);
    await addKeeper(page, 'south.day');
    const card = page.locator('[data-login="south.day"]');
    await card.getByRole('button', { name: '收回', exact: true }).click();
    await expect(card.getByRole('status')).toContainText('收回“值守人员');
    await expectAccessible(page, 'withdraw');
    await card.getByRole('button', { name: '取消' }).click();
    await expect(card).not.toContainText('没有职责');
    await card.getByRole('button', { name: '收回', exact: true }).click();
    await card.getByRole('button', { name: '确认收回' }).click();
    await expect(card).toContainText('没有职责');
  });

  test('one sees where one is signed in and ends the others', async ({ page, firstline }) => {
    await firstline.signIn('secretary');
    const { login, password } = firstline.account('secretary');
    await page.goto('/console/#/me');
    await enter(page, login, password);
    await expect(page.getByText('本机。')).toBeVisible();
    await expectAccessible(page, 'my account');
    await page.getByRole('button', { name: '退出其他所有登录' }).click();
    await expect(page.getByRole('button', { name: '退出其他所有登录' })).toBeHidden();
  });
});
