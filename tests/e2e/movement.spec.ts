// Who may come and go: entry passes, visits and trips, from the desk or the resident's page to the gate. July 2022: a pass,
// and one outing a household a day.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { type Api, expect, type Firstline, test } from './fixtures';
import { goOnDuty, nextPerson, noteTemperature, outcomeOf, verdict } from './gate_page';

test.use({ packs: 'fl-base,cn-9,gs-2022-03,lz-gate-2022,lz-gate-2022-07', hasTouch: true });

async function openAs(page: Page, firstline: Firstline, path: string, who: string): Promise<void> {
  const account = firstline.account(who);
  await page.goto(path);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('[name=password]')).toHaveCount(0);
}
const communityOf = (secretary: Api) => secretary.session.roles[0]!.area_id;
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.FIRSTLINE_SHOTS;
  if (!folder) return;
  for (const [width, height] of [
    [360, 780],
    [1280, 860],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(150);
    await page.screenshot({
      path: `${folder}/${name}-${width}.png`,
      fullPage: true,
    });
  }
  await page.setViewportSize({ width: 360, height: 780 });
}

test.beforeEach(({ firstline }) => {
  test.skip(!firstline.real, 'the mock server keeps no passes');
});

test('the desk issues passes, a household uses its pass once a day, and a lost card stops', async ({
  page,
  firstline,
  browser,
}) => {
  const secretary = await firstline.signIn('secretary');
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];

  await openAs(page, firstline, '/console/', 'secretary');
  await page.getByRole('link', { name: '出入证', exact: true }).click();
  await page.locator('select').last().selectOption({ label: gate.compound_name });
  await page.getByRole('button', { name: '发证并启用' }).click();
  await expect(page.getByText(/新发 \d+ 张/)).toBeVisible({ timeout: 20_000 });
  await page.fill('[name=room]', '1-1-101');
  await page.getByRole('button', { name: '查', exact: true }).click();
  const home = page.locator('[data-home]').filter({ hasText: gate.compound_name });
  await expect(home).toContainText('有效');
  await expectAccessible(page, 'passes at the desk');
  await shot(page, 'console-passes');
  const old = (await home.locator('.number').first().innerText()).trim();
  await home.getByRole('link', { name: '打印' }).click();
  await expect(page.locator('article')).toHaveCount(1);
  await shot(page, 'console-card');

  const gatePage = await browser.newPage({
    baseURL: firstline.address,
    locale: 'zh-CN',
    viewport: { width: 360, height: 780 },
  });
  await goOnDuty(gatePage, firstline);
  await gatePage.getByRole('button', { name: '出', exact: true }).click();
  const showCard = async (number: string, person: number) => {
    await noteTemperature(gatePage, 1);
    await gatePage.keyboard.type(`FLP:${number}`);
    await gatePage.keyboard.press('Enter');
    await expect(gatePage.locator('[data-finding]')).toBeVisible();
    await gatePage.getByRole('checkbox').nth(person).click();
  };
  await showCard(old, 0);
  await expect(gatePage.locator('[data-finding]')).toHaveAttribute('data-finding', 'valid');
  await expectAccessible(gatePage, 'a pass at the gate');
  await shot(gatePage, 'gate-pass');
  await gatePage.locator('.send').click();
  await verdict(gatePage).waitFor();
  expect(await outcomeOf(gatePage)).toMatch(/^pass/);
  await nextPerson(gatePage);
  await showCard(old, 1);
  await gatePage.locator('.send').click();
  await verdict(gatePage).waitFor();
  expect(await outcomeOf(gatePage)).toBe('refuse');
  await expect(verdict(gatePage)).toContainText('次数用完');
  await nextPerson(gatePage);

  const own = await browser.newPage({
    baseURL: firstline.address,
    locale: 'zh-CN',
    viewport: { width: 360, height: 780 },
  });
  await openAs(own, firstline, '/resident/', 'resident');
  await own.getByRole('link', { name: '我家的出入证' }).click();
  await expect(own.locator('.number')).toHaveText(old);
  await expectAccessible(own, 'my pass');
  await shot(own, 'resident-pass');
  await own.getByRole('button', { name: '丢了，换一张' }).click();
  await own.getByRole('button', { name: '停用旧的，换新的' }).click();
  await expect(own.locator('.number')).not.toHaveText(old);
  await gatePage.keyboard.type(`FLP:${old}`);
  await gatePage.keyboard.press('Enter');
  await expect(gatePage.locator('[data-finding]')).toHaveAttribute('data-finding', 'replaced');
  expect(communityOf(secretary)).toBeTruthy();
  await own.close();
  await gatePage.close();
});

test('a visitor from invitation to leaving; the gate asks a host; a courier says so at the poster', async ({
  page,
  firstline,
  browser,
}) => {
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const phone = { baseURL: firstline.address, locale: 'zh-CN', viewport: { width: 360, height: 780 } };

  await openAs(page, firstline, '/resident/', 'resident');
  await page.getByRole('link', { name: '访客' }).click();
  await page.getByRole('button', { name: '邀请访客' }).click();
  await page.fill('[name=visitor]', '钱小七');
  await page.fill('[name=phone]', '13812341234');
  await expectAccessible(page, 'invite');
  await shot(page, 'resident-invite');
  await page.fill('[name=from]', '00:00');
  await page.fill('[name=until]', '23:59');
  await page.getByRole('button', { name: '生成访客码' }).click();
  const code = (await page.locator('.number').innerText()).trim();
  await expectAccessible(page, 'visitor code');
  await shot(page, 'resident-visits');

  const gatePage = await browser.newPage(phone);
  await goOnDuty(gatePage, firstline);
  const shootVisitor = async () => {
    await noteTemperature(gatePage, 1);
    await gatePage.keyboard.type(`FLV:${code}`);
    await gatePage.keyboard.press('Enter');
    await verdict(gatePage).waitFor();
  };
  // The phone of the visitor is looked at: the code's colour, the test.
  const looked = async () => {
    await gatePage.getByRole('button', { name: '看了健康码，再判' }).click();
    await gatePage.getByRole('button', { name: '绿码', exact: false }).first().click();
    await gatePage.getByRole('button', { name: '看了核酸，再判' }).click();
    await gatePage.getByRole('button', { name: '48小时内阴性' }).click();
    await expect(verdict(gatePage).locator('.verdict')).toHaveAttribute('data-outcome', /^pass/);
  };
  await gatePage.getByRole('button', { name: '进', exact: true }).click();
  await shootVisitor();
  await looked();
  await expect(verdict(gatePage)).toContainText('钱**');
  await expect(verdict(gatePage)).not.toContainText('钱小七');
  await shot(gatePage, 'gate-visitor');
  await nextPerson(gatePage);
  await page.reload();
  await expect(page.locator('[data-visit]').first()).toContainText('在小区内');
  await gatePage.getByRole('button', { name: '出', exact: true }).click();
  await shootVisitor();
  await looked();
  await nextPerson(gatePage);
  await page.reload();
  await expect(page.getByText('已离开')).toBeVisible();

  // Somebody without a code: written down at the gate, the host says yes on their own page.
  await gatePage.getByRole('button', { name: '进', exact: true }).click();
  await gatePage.locator('[data-way=visit]').click();
  await expectAccessible(gatePage, 'expected at the gate');
  await gatePage.locator('[data-new-visitor]').click();
  for (const name of ['1号楼', '1单元', '1层', '101室'])
    await gatePage.locator('.places').getByRole('button', { name, exact: false }).first().click();
  await gatePage.fill('[name=visitor]', '孙八');
  await expectAccessible(gatePage, 'new visitor');
  await shot(gatePage, 'gate-new-visitor');
  await gatePage.getByRole('button', { name: '问主人' }).click();
  await expect(gatePage.locator('[data-state=asked]')).toContainText('孙**');
  await page.reload();
  await expect(page.locator('[data-asked]')).toContainText('孙八');
  await expectAccessible(page, 'somebody at the gate');
  await shot(page, 'resident-asked');
  await page.getByRole('button', { name: '请他进来' }).click();
  await expect(gatePage.locator('[data-state=confirmed]')).toContainText('孙**'); // By the live stream.
  await shot(gatePage, 'gate-visits');
  await gatePage.locator('.sheet .close').click();

  const courier = await browser.newPage(phone);
  await courier.goto(`/v/${gate.venue_code}`);
  await courier.getByRole('link', { name: '我是快递、外卖员' }).click();
  await courier.fill('[name=company]', '顺丰');
  await courier.fill('[name=room]', '1-1-101');
  await expectAccessible(courier, 'courier');
  await shot(courier, 'courier');
  await courier.getByRole('button', { name: '告诉值守人员' }).click();
  await expect(courier.getByText('值守人员已经看到')).toBeVisible();
  await gatePage.locator('[data-way=visit]').click();
  await expect(gatePage.locator('[data-state=announced]')).toContainText('顺丰');

  const desk = await browser.newPage({ ...phone, viewport: { width: 1280, height: 860 } });
  await openAs(desk, firstline, '/console/', 'secretary');
  await desk.getByRole('link', { name: '访客', exact: true }).click();
  await expect(desk.locator('[data-visit]').filter({ hasText: '钱**' })).toContainText('已离开');
  await desk
    .locator('[data-visit]')
    .filter({ hasText: '钱**' })
    .getByRole('button', { name: '看登记' })
    .click();
  await expectAccessible(desk, 'visits at the desk');
  await desk.getByLabel('说明').fill('流调');
  await desk.locator('.reveal').getByRole('button').click();
  await expect(desk.locator('.reveal')).toContainText('13812341234');
  await shot(desk, 'console-visits');
  for (const each of [courier, desk, gatePage]) await each.close();
});

test('a trip from filing to return, asked for at the gate too, and what the policy proposes then', async ({
  page,
  firstline,
  browser,
}) => {
  const phone = { baseURL: firstline.address, locale: 'zh-CN', viewport: { width: 360, height: 780 } };
  const health = await firstline.signIn('health_officer');
  const desk = await browser.newPage({ ...phone, viewport: { width: 1280, height: 860 } });
  await openAs(desk, firstline, '/console/', 'secretary');
  await desk.getByRole('link', { name: '出入登记' }).click();
  await desk.fill('[name=csv]', '110105,朝阳区,severe,2022-03-01,,notice');
  await desk.getByRole('button', { name: '导入名单' }).click();
  await expect(desk.getByText('第 1 行')).toBeVisible();
  await desk.fill('[name=csv]', '110105,朝阳区,中,2022-03-01,,notice 7');
  await desk.getByRole('button', { name: '导入名单' }).click();
  await expect(desk.getByText('已导入 1 个地区')).toBeVisible();
  expect((await health.get(`/api/v1/communities/${communityOf(health)}/risk-places`)).items).toHaveLength(1);

  // Filed ahead by the household.
  await openAs(page, firstline, '/resident/', 'resident2');
  await page.getByRole('link', { name: '出入登记' }).click();
  await page.getByRole('button', { name: '登记一次出行' }).click();
  await page.locator('.who input').first().check();
  // Typed ahead: by keyboard in pinyin, then by touch in characters; what is in no list stays as it was typed.
  const field = page.locator('[name=to]');
  await field.fill('tianshuiqinzhou');
  await expect(page.locator('[role=option]').first()).toContainText('秦州区');
  await expectAccessible(page, 'trip form with a list of places');
  await shot(page, 'resident-trip-places');
  await field.press('ArrowDown');
  await expect(page.locator('[role=option]').first()).toHaveAttribute('aria-selected', 'true');
  await field.press('Enter');
  await expect(field).toHaveValue('甘肃省 天水市 秦州区');
  await expect(page.locator('[role=option]').first()).toBeHidden();
  await expect(page.getByText('620502')).toBeVisible();
  await field.fill('火星');
  await expect(page.getByText('区划表里没有')).toBeVisible();
  await field.fill('天水秦州');
  await page.locator('[role=option]').first().tap();
  await expect(page.getByText('620502')).toBeVisible();
  await page.fill('[name=plate]', '甘A12345');
  await page.fill('[name=companions]', '李四');
  await expectAccessible(page, 'trip form');
  await shot(page, 'resident-trip-form');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.locator('[data-trip]').first()).toContainText('还没出发');
  await shot(page, 'resident-trips');

  // The office opens plate and companions on a ground; the resident sees who did.
  await desk.getByRole('button', { name: '还没出发' }).click();
  const filed = desk.locator('[data-trip]').filter({ hasText: '秦州区' });
  await expect(filed).toContainText('甘');
  await expect(filed).not.toContainText('甘A12345');
  await filed.getByRole('button', { name: '查看车牌和同行人' }).click();
  await desk.fill('[name=reveal_note]', '流调 12 号病例');
  await expectAccessible(desk, 'trip reveal');
  await filed.getByRole('button', { name: '查看车牌和同行人' }).click();
  await expect(filed.locator('.clear')).toContainText('甘A12345');
  await expect(filed.locator('.clear')).toContainText('李四');
  await shot(desk, 'desk-trip-revealed');

  // Said at the gate: register first, then go; the same people come back the same day.
  const gatePage = await browser.newPage(phone);
  await goOnDuty(gatePage, firstline);
  const atDoor = async (room: string) => {
    await noteTemperature(gatePage, 1);
    await gatePage.locator('[data-way=home]').click();
    for (const name of ['1号楼', '1单元', '1层', room])
      await gatePage.locator('.places').getByRole('button', { name, exact: false }).first().click();
    await gatePage.getByRole('checkbox').first().click();
    await gatePage.locator('.send').click();
    await verdict(gatePage).waitFor();
  };
  await gatePage.getByRole('button', { name: '出', exact: true }).click();
  await gatePage.locator('[data-trip]').click();
  await shot(gatePage, 'gate-duty');
  await atDoor('102室');
  await expect(verdict(gatePage)).toContainText('跨区出行还没有登记');
  await gatePage.getByRole('button', { name: '登记出行，再判' }).click();
  await gatePage.fill('[name=to]', '朝阳区望京');
  await expectAccessible(gatePage, 'trip form at the gate');
  await shot(gatePage, 'gate-trip-form');
  await gatePage.getByRole('button', { name: '登记', exact: true }).click();
  await expect(verdict(gatePage).locator('.verdict')).toHaveAttribute('data-outcome', 'pass_with_reminder');
  await expect(verdict(gatePage)).toContainText('要去的地方有疫情风险');
  await nextPerson(gatePage);
  await desk.getByRole('button', { name: '在外' }).click();
  await expect(desk.locator('[data-trip]')).toContainText('朝阳区望京');

  await gatePage.getByRole('button', { name: '进', exact: true }).click();
  await atDoor('102室');
  await expect(verdict(gatePage)).toContainText('从中风险地区回来');
  await gatePage.locator('[data-action=override]').click();
  await gatePage.getByRole('button', { name: '看了纸质证明', exact: false }).click();
  await gatePage.locator('textarea').fill('已报告社区');
  await gatePage.getByRole('button', { name: '放行并记录', exact: false }).click();
  await expect(verdict(gatePage)).toContainText('已');
  await nextPerson(gatePage);
  await desk.getByRole('button', { name: '已返回' }).click();
  await expect(desk.locator('[data-trip]').first()).toContainText('朝阳区望京');
  const proposal = desk.locator('[data-follow-up]').first();
  await expect(proposal).toContainText('居家隔离');
  await expect(proposal).toContainText('cn-9');
  await expectAccessible(desk, 'trips at the desk');
  await shot(desk, 'console-trips');
  await proposal.getByRole('button', { name: '照办' }).click();
  await expect(desk.getByText('没有等待处理的建议')).toBeVisible();
  for (const each of [desk, gatePage]) await each.close();
});
