// Health certificates of another issuer at the gate, where the rules take such: verified, kept as a test of whoever they name,
// and the verdict asked for again.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { pictureOf } from './camera';
import { expect } from './fixtures';
import { duty, nextPerson, noteTemperature, shoot, signInAsKeeper, verdict } from './gate_page';
import { newIssuer } from './health_certificate';
import { test } from './phone';
import { idNumber } from './sheet';

test.use({
  packs: 'fl-base,cn-8,gs-2022-03,lz-gate-2022,own-certificates',
  ownPack: `[pack]
id = "own-certificates"
area = "620102"
issuer = "Test"
document = "Test"
valid_from = 2020-01-01
[parameters.health]
signed_certificates = { value = true, source = "test", grade = "U", default_of = "a test" }
`,
});
test.skip(({ firstline }) => !firstline.real, 'the mock verifies nothing');
test.setTimeout(120_000);

async function gun(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('a certificate is verified for whoever was recognised, refused for anybody else, and changes the verdict', async ({
  phone,
  firstline,
}) => {
  const issuer = newIssuer();
  const list = join(mkdtempSync(join(tmpdir(), 'firstline-signers-')), 'signers.txt');
  writeFileSync(list, `${issuer.certificate}\n`);
  expect((await firstline.atTheMachine('credential', 'signers', '--file', list)).trim()).toBe('1');
  const secretary = await firstline.signIn('secretary');
  const here = `/api/v1/communities/${secretary.session.roles[0]!.area_id}`;
  const found = await secretary.command(`${here}/search`, { id: undefined, text: '1-1-401' });
  const number = idNumber(871);
  await secretary.command(`${here}/households/${found.places[0].area_id}/people`, {
    marks: [],
    name: '许证书',
    phone: '12955550871',
    id_number: number,
  });
  const holder = { family: '许', given: '证书', bornOn: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}` };
  const { page } = phone;
  await page.goto('/gate/');
  await signInAsKeeper(page, firstline);
  const pick = page.locator('h2 + button');
  await page.locator('.begin').or(pick.first()).waitFor();
  if (await pick.first().isVisible()) await pick.first().click();
  const rules = page.waitForResponse(/policies\/in-force/);
  await page.locator('.begin').click();
  await rules;

  await gun(page, issuer.vaccination(holder));
  await expect(duty(page).getByRole('alert')).toContainText('先认出是谁');
  await noteTemperature(page, 0);
  await shoot(page, number);
  await expect(verdict(page)).toContainText('没有 48 小时内的核酸结果');
  await gun(page, issuer.test({ ...holder, family: '王' }, new Date()));
  await expect(verdict(page).getByRole('alert')).toContainText('证书上的姓名或出生日期与本人不符');
  await gun(page, newIssuer().test(holder, new Date()));
  await expect(verdict(page).getByRole('alert')).toContainText('未通过验证');
  await gun(page, issuer.vaccination(holder));
  await expect(verdict(page).locator('[data-evidence]')).toContainText('AT 签发的疫苗接种证书');
  await expect(verdict(page)).toContainText('没有 48 小时内的核酸结果'); // No rule asks for it.
  await expectAccessible(page, 'a vaccination shown');

  // By the camera: a dense code off another phone.
  phone.hold(pictureOf(issuer.test(holder, new Date(Date.now() - 2 * 3_600_000))));
  await verdict(page).locator('[data-action=certificate]').click();
  await expect(verdict(page).locator('[data-evidence]')).toContainText('核酸证书：阴性', { timeout: 30_000 });
  await expect(verdict(page)).not.toContainText('没有 48 小时内的核酸结果');
  await nextPerson(page);
  await expect(duty(page).getByRole('alert')).toHaveCount(0);
});
