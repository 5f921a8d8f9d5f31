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

  await people(page).first().getByRole('link').click();
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
