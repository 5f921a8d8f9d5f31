// A health certificate of another issuer, held up at the gate. Whether one is believed is the server's to say (src/issuing, with
// certificates of its own making); here stands what the keeper sees of it. The demo's rules take none: where they would, the
// server's answer is put in.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { duty, goOnDuty, nextPerson, noteTemperature, shoot, verdict } from './gate_page';
import { idNumber } from './sheet';

const shown = 'HC1:6BFOXN TEST ONLY';
async function gun(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('a certificate is taken from whoever was recognised, said in words, and the verdict asked for again', async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock has no such people');
  const secretary = await firstline.signIn('secretary');
  const community = secretary.session.roles[0]!.area_id;
  const found = await secretary.command(`/api/v1/communities/${community}/search`, { id: undefined, text: '1-1-401' });
  const number = idNumber(871);
  const { person_id } = await secretary.command(
    `/api/v1/communities/${community}/households/${found.places[0].area_id}/people`,
    { marks: [], name: '许证书', phone: '12955550871', id_number: number },
  );
  await goOnDuty(page, firstline);

  await gun(page, shown);
  await expect(duty(page).getByRole('alert')).toContainText('先认出是谁');
  await noteTemperature(page, 0);
  await shoot(page, number);
  await expect(verdict(page).locator('[data-action=certificate]')).toHaveCount(0); // The rules take none.
  await gun(page, shown);
  await expect(verdict(page).getByRole('alert')).toContainText('不采信其他机构的健康证书');
  await nextPerson(page);
  await expect(duty(page).getByRole('alert')).toHaveCount(0);

  await page.route('**/api/v1/policies/in-force?*', async (route) => {
    const answer = await route.fetch();
    const rules = await answer.json();
    for (const each of rules.parameters) if (each.name === 'health.signed_certificates') each.value = true;
    await route.fulfill({ response: answer, json: rules });
  });
  const asked: unknown[] = [];
  let evidence: Record<string, unknown> = { kind: 'vaccination', issuer: 'AT' };
  await page.route('**/certificates', async (route) => {
    asked.push(route.request().postDataJSON());
    await route.fulfill({ json: evidence });
  });
  await page.reload();
  const rules = page.waitForResponse(/policies\/in-force/);
  await page.locator('.begin').click();
  await rules;
  await noteTemperature(page, 0);
  await shoot(page, number);
  await expect(verdict(page).locator('[data-action=certificate]')).toBeVisible();
  await verdict(page).locator('[data-action=certificate]').click();
  await expect(page.locator('.sheet')).toContainText('请用扫码枪'); // This browser has no camera.
  await expectAccessible(page, 'where a certificate is scanned');
  await page.locator('.sheet .close').click();
  await gun(page, shown);
  await expect(verdict(page).locator('[data-evidence]')).toContainText('AT 签发的疫苗接种证书');
  expect(asked[0]).toMatchObject({ person_id, qr: shown });
  await expectAccessible(page, 'a certificate shown');
  evidence = { kind: 'test', issuer: 'AT', state: 'negative', sampled_at: '2022-04-01T08:00:00+08:00' };
  const again = page.waitForRequest((request) => request.url().endsWith('/passages'));
  await gun(page, shown);
  await expect(verdict(page).locator('[data-evidence]')).toContainText('阴性，采样 04-01 08:00');
  expect((await again).postDataJSON()).toMatchObject({ temperature_tenths: 365 });
});
