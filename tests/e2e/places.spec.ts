// Places at risk of a pack of the office's own: on the pages, beside the community's table, and at the gate.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Page } from '@playwright/test';

const ownPack = `[pack]
id = "gs-places"
area = "62"
issuer = "甘肃省"
document = "中高风险地区名单"
valid_from = 2022-03-01

[[risk_places]]
code = "620502"
name = "天水市秦州区"
risk = "high"
from = 2022-03-01
source = "省通告第9号"
`;
test.use({ packs: 'fl-base,cn-9,gs-2022-03,lz-gate-2022,gs-places', ownPack });
test.beforeEach(({ firstline }) => {
  test.skip(!firstline.real, 'the mock server has no packs of its own');
});

async function openAs(page: Page, firstline: Firstline, path: string, who: string): Promise<void> {
  const account = firstline.account(who);
  await page.goto(path);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('[name=password]')).toHaveCount(0);
}
async function shot(page: Page, name: string): Promise<void> {
  if (!process.env.FIRSTLINE_SHOTS) return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 860 });
    await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/${name}-${width}.png`, fullPage: true });
  }
}

test('a pack lists a place, the rules show it, a trip there is at risk, and the own table is nearer', async ({
  page,
  firstline,
}) => {
  const secretary = await firstline.signIn('secretary');
  const resident = await firstline.signIn('resident');
  const here = `/api/v1/communities/${secretary.session.roles[0]!.area_id}`;
  await openAs(page, firstline, '/console/#/rules', 'secretary');
  const listed = page.locator('[data-risk-places]');
  await expect(listed).toContainText('天水市秦州区');
  await expect(listed).toContainText('省通告第9号');
  await expectAccessible(page, 'rules with places at risk');
  await shot(page, 'rules-places');

  const { people } = await resident.get('/api/v1/my/household');
  const day = (later: number) => new Date(Date.now() + 8 * 3_600_000 + later * 86_400_000).toISOString().slice(0, 10);
  const filed = await resident.command('/api/v1/my/trips', {
    at: new Date().toISOString(),
    person_ids: [people.find((one: { is_me: boolean }) => one.is_me).person_id],
    to_name: '甘肃省 天水市 秦州区',
    to_code: '620502',
    purpose: 'family',
    transport: 'train',
    leaves_on: day(0),
    back_on: day(2),
  });
  expect(filed.items[0].risk).toBe('high');
  await page.goto('/console/#/trips');
  await expect(page.locator('[data-of-packs]')).toContainText('gs-places');
  await page.fill('[name=csv]', `620502,天水市秦州区,低,2022-03-01,,区通知`);
  await page.getByRole('button', { name: '导入名单' }).click();
  await expect(page.getByText('已导入 1 个地区')).toBeVisible();
  await expectAccessible(page, 'trips with two lists');
  await shot(page, 'trips-places');
  const trips = (await secretary.get(`${here}/trips?state=filed`)).items;
  expect(trips.map((trip: { risk: string }) => trip.risk)).toEqual(['low']); // The nearer word, also where it is milder.

  // Why it is so stands with the trip.
  await page.goto('/console/#/facts');
  await page.locator('[data-kind="movement.trip_rated"]').first().getByRole('link', { name: '为什么' }).click();
  await expect(page.getByText('risk_by.source: 区通知')).toBeVisible();
});
