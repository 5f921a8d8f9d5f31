// The desk's first page: what happens at the gates, as it happens.
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';

test('the board shows who went through, who was turned back and why, while it happens', async ({ page, firstline }) => {
  test.skip(!firstline.real, 'the mock server counts nothing');
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const secretary = await firstline.signIn('secretary');
  const here = `/api/v1/communities/${gate.community_id}`;
  const found = await secretary.command(`${here}/search`, { id: undefined, text: '1-1-301' });
  const home = await secretary.get(`${here}/households/${found.places[0].area_id}`);
  const person = home.people[0].person.person_id;
  const fever = () =>
    keeper.command(`/api/v1/gates/${gate.gate_id}/passages`, {
      at: new Date().toISOString(),
      direction: 'in',
      recognised_by: 'room_pick',
      person_ids: [person],
      temperature_tenths: 385,
      mask: 'worn',
    });

  const account = firstline.account('secretary');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/console/');
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('[data-tile=through]')).toBeVisible();
  const before = Number((await page.locator('[data-reason=fever] b').textContent({ timeout: 1000 }).catch(() => '0')) ?? 0);

  expect((await fever()).items[0].outcome).toBe('hold');
  await expect(page.locator('[data-reason=fever] b')).toHaveText(String(before + 1)); // Without a reload.
  await expect(page.locator('.board svg rect.refused').last()).toBeAttached();
  await keeper.command(`/api/v1/gates/${gate.gate_id}/emergencies`, {
    at: new Date().toISOString(),
    direction: 'out',
    kind: 'fire',
    people: 2,
  });
  await expect(page.locator('[data-tile=emergencies] dd')).not.toHaveText('0');
  await expectAccessible(page, 'board');
  await page.setViewportSize({ width: 360, height: 780 });
  await expectAccessible(page, 'board on a phone');
});
