// A round day: from the roll to the missed list, an abnormal tube, its people held at the gate, and let go by a negative
// single retest.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Browser, Page } from '@playwright/test';

// Nobody else's server: people are held on it.
test.use({ packs: 'fl-base,cn-8,gs-2022-03,lz-gate-2022' });

async function openAs(page: Page, firstline: Firstline, address: string, who: string): Promise<void> {
  const account = firstline.account(who);
  await page.goto(firstline.address + address);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}
const desk = async (browser: Browser) =>
  (
    await browser.newContext({
      locale: 'zh-CN',
      viewport: { width: 1280, height: 900 },
    })
  ).newPage();
const shot = async (page: Page, name: string) => {
  if (process.env.FIRSTLINE_SHOTS)
    await page.screenshot({
      path: `${process.env.FIRSTLINE_SHOTS}/${name}.png`,
      fullPage: true,
    });
};

test('a round day from the roll to the missed list, and an abnormal tube to its release', async ({
  page,
  browser,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server holds no rounds');
  test.setTimeout(150_000);
  const secretary = await firstline.signIn('secretary');
  const keeper = await firstline.signIn('keeper');
  const resident = await firstline.signIn('resident');
  const community = secretary.session.roles[0]!.area_id;
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const household = (await resident.get('/api/v1/my/household')).people as {
    person_id: string;
    is_me: boolean;
  }[];
  const me = household.find((one) => one.is_me)!;

  // The office begins a round over the keeper's compound, with a point and labels.
  const office = await desk(browser);
  await openAs(office, firstline, '/console/#/rounds', 'secretary');
  await office.fill('[name=name]', '第一轮全员核酸');
  await office.selectOption('[name=area]', { label: gate.compound_name });
  await expectAccessible(office, 'rounds');
  await office.getByRole('button', { name: '开始', exact: true }).click();
  await expect(office.getByRole('heading', { name: '第一轮全员核酸' })).toBeVisible();
  await office.selectOption('[name=compound]', { label: gate.compound_name });
  await office.fill('[name=point]', '北门采样点');
  await office.click('[name=add_point]');
  await expect(office.getByText('北门采样点')).toBeVisible();
  await office.fill('[name=count]', '2');
  await office.click('[name=make]');
  await office.selectOption('[name=tube_size]', '1');
  await expect(office.locator('.state').first()).toContainText('2');
  await office.click('[name=make]');
  await expect(office.locator('.state').first()).toContainText('4');
  await expectAccessible(office, 'a round');
  await office.getByRole('link', { name: '打印标签' }).click();
  await expect(office.locator('.labels li')).toHaveCount(4);
  await shot(office, 'round-labels-1280');
  const labels = await office.locator('.labels b').allTextContents();
  await office.getByRole('link', { name: '返回' }).click();
  await expect(office.locator('.bar').first()).toBeVisible();
  const pooled = labels[0]!;
  const single = labels[2]!;

  // At the point, on a phone: everybody of the resident's home, by room, into one tube.
  const href = await office.getByRole('link', { name: '打开采样页' }).getAttribute('href');
  await openAs(page, firstline, `/console/${href!}`, 'volunteer');
  await page.fill('[name=waiting]', '17');
  await page.getByRole('button', { name: '更新' }).click();
  await page.fill('[name=label]', pooled.replaceAll('-', ''));
  await page.getByRole('button', { name: '开始', exact: true }).click();
  await expect(page.locator('.tube .label')).toHaveText(pooled);
  await page.fill('[name=room]', '1-1-10');
  await expectAccessible(page, 'a sampling point');
  const nobody = page.locator('.person', { hasText: '未采' });
  const there = await nobody.count();
  expect(there).toBeGreaterThanOrEqual(2);
  const sampled = Math.min(there, 9);
  for (let one = 0; one < sampled; one += 1) {
    await nobody.first().click();
    await expect(page.locator('.inside li')).toHaveCount(one + 1);
  }
  await page.getByRole('button', { name: '撤回最后一人' }).click();
  await expect(page.locator('.inside li')).toHaveCount(sampled - 1);
  await nobody.first().click();
  await expect(page.locator('.inside li')).toHaveCount(sampled);
  await shot(page, 'round-point-360');
  await page.getByRole('button', { name: '封管' }).click();
  await expect(page.locator('.tube')).toHaveAttribute('data-state', 'closed');

  // The resident sees slot and queue; the office sees who is missed.
  const rounds = (await resident.get('/api/v1/my/rounds')).items;
  expect(rounds[0].points[0].waiting).toBe(17);
  expect(rounds[0].points[0].slot).toBeTruthy();
  expect(rounds[0].household.find((one: { person_id: string }) => one.person_id === me.person_id).on_roll).toBe(
    'sampled',
  );
  await office.reload();
  await expect(office.locator('.tiles .sampled dd')).toHaveText(String(sampled));
  await office.locator('.bar').first().click();
  await expect(office.locator('.missed-list li').first()).toBeVisible();
  await expect(office.locator('.missed-list')).not.toContainText('1-1-101');
  await shot(office, 'round-missed-1280');

  // To the laboratory and back, abnormal: the gate holds the people of the tube.
  await office.fill('[name=laboratory]', '第一检验所');
  await office.click('[name=hand_over]');
  await office.locator('.results select').selectOption('abnormal');
  await office.click('[name=tell]');
  await expect(office.locator('.held li')).toHaveCount(sampled);
  await expectAccessible(office, 'people held');
  await shot(office, 'round-held-1280');
  const atTheGate = () =>
    secretary.command(`/api/v1/gates/${gate.gate_id}/try`, {
      id: undefined,
      person_id: me.person_id,
      direction: 'out',
    });
  const held = await atTheGate();
  expect(held.outcome).toBe('hold');
  expect(held.reasons.map((each: { reason: string }) => each.reason)).toContain('pool_abnormal');

  // A single retest, negative, lets go.
  await page.getByRole('button', { name: '下一支试管' }).click();
  const base = `/api/v1/communities/${community}`;
  const point = href!.split('/').at(-1)!;
  await expect(
    keeper.command(`${base}/points/${point}/samples`, {
      tube: labels[1],
      known: 'room_pick',
      person_id: me.person_id,
    }),
  ).rejects.toThrow('round.single_only');
  await keeper.command(`${base}/points/${point}/samples`, {
    tube: single,
    known: 'room_pick',
    person_id: me.person_id,
  });
  await office.reload();
  await office.fill('[name=laboratory]', '第一检验所');
  await office.click('[name=hand_over]');
  await office.locator('.results select').selectOption('negative');
  await office.click('[name=tell]');
  await expect(office.locator('.held li')).toHaveCount(sampled - 1);
  const free = await atTheGate();
  expect(free.reasons.map((each: { reason: string }) => each.reason)).not.toContain('pool_abnormal');
  expect(free.outcome).not.toBe('hold');
});
