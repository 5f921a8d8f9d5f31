// The office's desk: finding people, and putting right who lives where. Against the real server only: the mock knows no desk.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';

async function openDesk(page: Page, firstline: Firstline, path: string): Promise<void> {
  const account = firstline.account('secretary');
  await page.goto(`/console/#${path}`);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('nav .live')).toBeVisible();
}
const search = (page: Page) => page.locator('[name=search]');
const people = (page: Page) => page.locator('.people .person');

test.beforeEach(({ firstline }) => test.skip(!firstline.real, 'needs the real server'));

test('somebody moves in, is found by name, pinyin, phone and room, and moves on', async ({
  page,
  firstline,
}) => {
  await openDesk(page, firstline, '/people');
  await expectAccessible(page, 'search');
  await search(page).fill('1-1-101');
  await page.locator('.places a').first().click();
  await expect(page.locator('h2').first()).toHaveText('1-1-101');
  await page.getByRole('button', { name: '登记入住' }).click();
  await expectAccessible(page, 'moving in');
  await page.fill('[name=person_name]', '单测试');
  await page.fill('[name=person_phone]', '12977776543');
  await page.locator('form button[type=submit]').click();
  const newcomer = page.locator('[data-person]').filter({ hasText: '129****6543' });
  await expect(newcomer).toContainText('单**');
  await expectAccessible(page, 'home');

  await page.getByRole('link', { name: '居民' }).click();
  for (const typed of ['单测试', 'shance', 'scs', '6543']) {
    await search(page).fill(typed);
    await expect(people(page).filter({ hasText: '129****6543' })).toContainText('1-1-101');
    await expect(page.locator('body')).not.toContainText('单测试');
  }
  await search(page).fill('单测错');
  await expect(people(page)).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: '没有查到' })).toBeVisible();
  await search(page).fill('scs');
  await expectAccessible(page, 'found');

  await people(page).first().locator('a.home').click();
  await newcomer.getByRole('button', { name: '更正' }).click();
  await page.fill('[name=person_phone]', '12977771111');
  await page.locator('form button[type=submit]').click();
  const corrected = page.locator('[data-person]').filter({ hasText: '129****1111' });
  await corrected.getByRole('button', { name: '迁移' }).click();
  await page.fill('[name=room]', '1-1-201');
  await page.locator('[name=home]').first().check();
  await expectAccessible(page, 'moving');
  await page.locator('form button[type=submit]').click();
  await expect(corrected).toHaveCount(0);
  await page.getByRole('link', { name: '居民' }).click();
  await search(page).fill('1111');
  await expect(people(page).filter({ hasText: '单**' })).toContainText('1-1-201');

  await people(page).filter({ hasText: '单**' }).locator('a.home').click();
  await corrected.getByRole('button', { name: '迁移' }).click();
  await page.locator('[name=move_kind][value=out]').check();
  await page.locator('form button[type=submit]').click();
  await expect(corrected).toHaveCount(0);
  await page.getByRole('link', { name: '居民' }).click();
  await search(page).fill('单测试');
  await expect(people(page)).toContainText('已迁出');
  await people(page).getByRole('button', { name: '登记入住' }).click();
  await page.fill('[name=room]', '1-1-202');
  await page.locator('[name=home]').first().check();
  await expectAccessible(page, 'coming back');
  await people(page).locator('button[type=submit]').click();
  await expect(people(page)).toContainText('1-1-202');
});

test('who edits an old page is told and nothing is lost', async ({ page, firstline }) => {
  const secretary = await firstline.signIn('secretary');
  const community = (await secretary.get('/api/v1/my/gates')).items[0].community_id;
  const found = await secretary.command(`/api/v1/communities/${community}/search`, {
    id: undefined,
    text: '1-1-102',
  });
  const home = found.places[0].area_id;
  await openDesk(page, firstline, `/home/${home}`);
  await page.getByRole('button', { name: '更正' }).first().click();
  const { people } = await secretary.get(`/api/v1/communities/${community}/households/${home}`);
  const { person, version } = people[0];
  await secretary.command(`/api/v1/communities/${community}/people/${person.person_id}/correct`, {
    base_version: version,
    marks: ['disabled'],
    note: '',
  });
  await page.fill('[name=person_name]', '王改名');
  await page.locator('form button[type=submit]').click();
  await expect(page.getByRole('alert')).toContainText('刚被他人修改');
});

test('a building goes to another grid, by its list and by dragging', async ({ page, firstline }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openDesk(page, firstline, '/places');
  const grids = page.locator('[data-grid]');
  await expect(grids.first().locator('[data-building]').first()).toBeVisible();
  await expect(grids.first()).toContainText('网格员：');
  await expectAccessible(page, 'places');
  const [first, second] = [grids.nth(0), grids.nth(1)];
  const building = await first.locator('[data-building]').first().getAttribute('data-building');
  const there = (grid: typeof first) => grid.locator(`[data-building="${building}"]`);
  await there(first).locator('select').selectOption({ label: '第2网格' });
  await expect(there(second)).toBeVisible();
  await there(second).dragTo(first, { sourcePosition: { x: 6, y: 6 }, targetPosition: { x: 40, y: 40 } });
  await expect(there(first)).toBeVisible();
});

test('a building is added with a unit and a home, and its homes can be reached', async ({
  page,
  firstline,
}) => {
  await openDesk(page, firstline, '/places');
  const compound = page.locator('[data-compound]').first();
  await compound.getByRole('button', { name: '新增楼栋' }).click();
  await page.fill('[name=place_name]', '东楼');
  await page.locator('form button[type=submit]').click();
  await expect(page.getByRole('alert')).toContainText('名称中须有编号');
  await page.fill('[name=place_name]', '88号楼');
  await page.locator('form button[type=submit]').click();
  await page.locator('[data-building]').filter({ hasText: '88号楼' }).getByRole('link').click();
  await page.getByRole('button', { name: '新增单元' }).click();
  await page.fill('[name=place_name]', '2单元');
  await page.locator('form button[type=submit]').click();
  const unit = page.locator('[data-unit="88-2"]');
  await unit.getByRole('button', { name: '新增住户' }).click();
  await page.fill('[name=place_name]', '502室');
  await page.locator('form button[type=submit]').click();
  await expectAccessible(page, 'building');
  await unit.getByRole('link', { name: '88-2-502' }).click();
  await expect(page.locator('main')).toContainText('空置');
});

test('a poster is replaced and the old code is refused', async ({ page, firstline }) => {
  const secretary = await firstline.signIn('secretary');
  const gates = (await secretary.get('/api/v1/my/gates')).items;
  const gate = gates.at(-1);
  await openDesk(page, firstline, '/gates');
  const card = page.locator(`[data-gate="${gate.gate_id}"]`);
  await expect(card).toContainText(gate.venue_code);
  await card.getByRole('button', { name: '更换场所码' }).click();
  await expectAccessible(page, 'replacing');
  await card.getByRole('button', { name: '更换场所码' }).click();
  await expect(card.getByRole('status')).toContainText('旧码已失效');
  await expect(card).not.toContainText(gate.venue_code);
  const answer = await page.request.get(`/api/v1/venues/${gate.venue_code}`);
  expect(answer.status()).toBe(404);
  const resident = await firstline.signIn('resident');
  const scan = { at: new Date().toISOString(), direction: 'in', person_ids: [] };
  await expect(resident.command(`/api/v1/venues/${gate.venue_code}/passages`, scan)).rejects.toThrow(/404/);
  await card.getByRole('link', { name: '打印场所码' }).click();
  await expect(page.locator('.poster')).toContainText(gate.compound_name);
  await expect(page.locator('.poster')).not.toContainText(gate.venue_code);
  await expectAccessible(page, 'poster');
});

test('points are put on the plan, moved by keys and by hand, and taken away', async ({ page, firstline }) => {
  await page.setViewportSize({ width: 1280, height: 1200 });
  await openDesk(page, firstline, '/places');
  await page.locator('[data-compound]').first().getByRole('link', { name: '平面图' }).click();
  await page.selectOption('[name=point_kind]', 'sampling');
  await page.fill('[name=point_name]', '广场');
  await page.locator('form button[type=submit]').click();
  const point = page.locator('[data-point]');
  await expect(point).toHaveAttribute('transform', 'translate(500 500)');
  await expectAccessible(page, 'plan');
  await point.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(point).toHaveAttribute('transform', 'translate(480 500)');
  const box = (await page.locator('svg.plan').boundingBox())!;
  await point.hover();
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.75, { steps: 5 });
  await page.mouse.up();
  await expect(point).toHaveAttribute('transform', /translate\((249|250|251) (749|750|751)\)/);
  await page.reload();
  await expect(point).toHaveAttribute('transform', /translate\((249|250|251) /);
  await point.focus();
  await page.getByRole('button', { name: '删除点位' }).click();
  await expect(point).toHaveCount(0);
});
