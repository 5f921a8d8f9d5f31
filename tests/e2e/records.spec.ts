// Two records of one person made one and two again, and a resident's account from the desk to the phone.
import { expectAccessible } from './axe';
import { type Api, expect, type Firstline, test } from './fixtures';
import { idNumber } from './sheet';
import type { Page } from '@playwright/test';

async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}
async function openDesk(page: Page, firstline: Firstline, path: string): Promise<void> {
  const { login, password } = firstline.account('secretary');
  await page.goto(`/console/#${path}`);
  await enter(page, login, password);
  await expect(page.locator('nav .live')).toBeVisible();
}
async function shot(page: Page, name: string): Promise<void> {
  if (!process.env.FIRSTLINE_SHOTS) return;
  const size = page.viewportSize()!;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(size);
}

interface Office {
  api: Api;
  path: string;
  gate: { gate_id: string };
}
async function officeOf(firstline: Firstline): Promise<Office> {
  const api = await firstline.signIn('secretary');
  const gate = (await api.get('/api/v1/my/gates')).items[0];
  return { api, path: `/api/v1/communities/${gate.community_id}`, gate };
}
async function moveIn(office: Office, room: string, person: Record<string, unknown>): Promise<string> {
  const found = await office.api.command(`${office.path}/search`, { id: undefined, text: room });
  const home = found.places[0].area_id;
  return (await office.api.command(`${office.path}/households/${home}/people`, { marks: [], ...person })).person_id;
}

test.beforeEach(({ firstline }) => test.skip(!firstline.real, 'needs the real server'));

test('two records are compared, merged field by field, and separated again', async ({ page, firstline }) => {
  const office = await officeOf(firstline);
  const kept = await moveIn(office, '1-1-301', { name: '臧合并', phone: '12955550001', marks: ['lone_elder'] });
  const gone = await moveIn(office, '1-1-302', { name: '张合并', phone: '12955550002', id_number: idNumber(777) });
  const atTheGate = async () => {
    const found = await office.api.command(`/api/v1/gates/${office.gate.gate_id}/passages`, {
      at: new Date().toISOString(),
      direction: 'in',
      recognised_by: 'id_number',
      id_number: idNumber(777),
      temperature_tenths: 365,
      mask: 'worn',
    });
    return found.items[0].person_id;
  };

  await openDesk(page, firstline, '/people');
  await page.fill('[name=search]', '臧合并');
  await page.locator('.people .person').filter({ hasText: '129****0001' }).getByRole('link').first().click();
  await expect(page.locator('[data-person]')).toContainText('独居老人');
  await expectAccessible(page, 'record');
  await page.getByRole('link', { name: '登记重复？' }).click();
  await page.fill('[name=other]', '张合并');
  await page.locator('.found li').filter({ hasText: '129****0002' }).getByRole('link', { name: '比较' }).click();
  const row = (field: string) => page.locator(`[data-field=${field}]`);
  await expect(row('phone')).toContainText('不同');
  await expect(row('address_detail')).toContainText('相同');
  await expect(row('id_number').locator('[data-side=other] input')).toBeChecked();
  await expect(row('name').locator('[data-side=one] input')).toBeChecked();
  await expect(page.locator('main')).not.toContainText('合并臧');
  await expectAccessible(page, 'side by side');
  await row('home').locator('[data-side=other] input').check();
  await page.fill('[name=note]', '本人带证件到社区核对');
  await shot(page, 'merge');
  await page.getByRole('button', { name: '合并为一人' }).click();
  await page.getByRole('button', { name: '确定合并' }).click();
  await expect(page.getByRole('heading', { name: '已并入此记录' })).toBeVisible();
  await expect(page.locator('[data-person]')).toContainText('1-1-302');
  await expect(page.locator('[data-person]')).toContainText('独居老人');
  await expectAccessible(page, 'merged record');
  await shot(page, 'merged-record');

  expect(await atTheGate()).toBe(kept);
  const search = async (text: string) =>
    (await office.api.command(`${office.path}/search`, { id: undefined, text })).people.length;
  expect(await search('张合并')).toBe(0);
  expect(await search('臧合并')).toBe(1);
  const facts = await office.api.get(`${office.path}/facts?subject=person:${gone}&kind=person.merged`);
  expect(facts.items).toHaveLength(1);

  await page.getByRole('button', { name: '撤销合并' }).click();
  await page.getByRole('button', { name: '确定撤销' }).click();
  await expect(page.getByRole('heading', { name: '已并入此记录' })).toBeHidden();
  await expect(page.locator('[data-person]')).toContainText('1-1-301');
  expect(await search('张合并')).toBe(1);
  await page.goto(`/console/#/person/${gone}`);
  await expect(page.locator('[data-person]')).toContainText('1-1-302');
  await expect(page.locator('[data-person]')).toContainText('129****0002');
});

test('a resident gets an account at the desk, signs in by the code, and loses it again', async ({
  page,
  browser,
  firstline,
}) => {
  const office = await officeOf(firstline);
  const person = await moveIn(office, '1-1-401', { name: '账号测试', phone: '12955550003' });
  await openDesk(page, firstline, `/person/${person}`);
  await page.getByRole('button', { name: '开通账号' }).click();
  await expect(page.locator('.once img')).toBeVisible();
  const login = await page.locator('.once .login').innerText();
  const handed = await page.locator('.once .secret').innerText();
  expect(login).toMatch(/^r1-1-401/);
  await expectAccessible(page, 'account handed out');
  await shot(page, 'account-handed-out');
  await page.getByRole('button', { name: '已交给本人' }).click();

  const phone = await (
    await browser.newContext({ locale: 'zh-CN', viewport: { width: 360, height: 740 } })
  ).newPage();
  await phone.goto(`${firstline.address}/resident/#/enter/${login}/${handed}`);
  await expect(phone.locator('[name=login]')).toHaveValue(login);
  expect(phone.url()).not.toContain(handed);
  await phone.getByRole('button', { name: '登录', exact: true }).click();
  await expect(phone.locator('[name=old_password]')).toHaveValue(handed);
  await expectAccessible(phone, 'first sign-in');
  await phone.fill('[name=new_password]', 'a window to the south');
  await phone.getByRole('button', { name: '启用新密码' }).click();
  await expect(phone.locator('.people')).toContainText('账号测试');

  await page.reload();
  const card = page.locator(`[data-login="${login}"]`);
  await expect(card).toContainText('最近登录');
  await card.getByRole('button', { name: '停用账号' }).click();
  await card.getByRole('button', { name: '确定停用' }).click();
  await expect(card).toContainText('停用');
  await expect(page.getByRole('button', { name: '开通账号' })).toBeVisible();
  await phone.reload();
  await enter(phone, login, 'a window to the south');
  await expect(phone.getByRole('alert')).toBeVisible();
});
