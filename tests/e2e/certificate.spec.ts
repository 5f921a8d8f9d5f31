// Health certificates of another issuer at the gate, where the rules take such: verified, kept as a test of whoever they name,
// and the verdict asked for again.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { pictureOf } from './camera';
import { expect, type Firstline } from './fixtures';
import { duty, nextPerson, noteTemperature, shoot, signInAsKeeper, verdict } from './gate_page';
import { newIssuer } from './health_certificate';
import { enrolled, readyForAnything, records, test } from './phone';
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

// An issuer whom the city believes, and a resident whom it certifies.
async function bearer(firstline: Firstline, nth: number, room: string) {
  const issuer = newIssuer();
  const list = join(mkdtempSync(join(tmpdir(), 'firstline-signers-')), 'signers.txt');
  writeFileSync(list, `${issuer.certificate}\n`);
  expect((await firstline.atTheMachine('credential', 'signers', '--file', list)).trim()).toBe('1');
  const secretary = await firstline.signIn('secretary');
  const here = `/api/v1/communities/${secretary.session.roles[0]!.area_id}`;
  const found = await secretary.command(`${here}/search`, { id: undefined, text: room });
  const number = idNumber(nth);
  await secretary.command(`${here}/households/${found.places[0].area_id}/people`, {
    marks: [],
    name: '许证书',
    phone: `12955550${nth}`,
    id_number: number,
  });
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return { issuer, number, holder: { family: '许', given: '证书', bornOn } };
}

test('a certificate is verified for whoever was recognised, refused for anybody else, and changes the verdict', async ({
  phone,
  firstline,
}) => {
  const { issuer, number, holder } = await bearer(firstline, 871, '1-1-401');
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

test('with the server gone the phone verifies it, and the server takes it up when it is back', async ({ phone, firstline }) => {
  const { issuer, number, holder } = await bearer(firstline, 872, '1-1-402');
  const { page } = phone;
  await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  await firstline.stop();
  await noteTemperature(page, 0);
  await shoot(page, number);
  await expect(verdict(page).locator('[data-offline]')).toContainText('离线判定');
  await expect(verdict(page)).toContainText('没有 48 小时内的核酸结果');
  await gun(page, newIssuer().test(holder, new Date()));
  await expect(verdict(page).getByRole('alert')).toContainText('未通过验证');
  await gun(page, issuer.test(holder, new Date(Date.now() - 2 * 3_600_000)));
  await expect(verdict(page).locator('[data-evidence]')).toContainText('核酸证书：阴性');
  await expect(verdict(page).locator('[data-evidence]')).toContainText(`许证书，${holder.bornOn} 出生`);
  await expect(verdict(page)).not.toContainText('没有 48 小时内的核酸结果');
  await expectAccessible(page, 'a certificate verified by the phone');
  await nextPerson(page);
  await firstline.startAgain();
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
  await expect(page.locator('[data-returned]')).toHaveCount(0);
  await noteTemperature(page, 0);
  await shoot(page, number);
  await expect(verdict(page).locator('[data-offline]')).toHaveCount(0);
  await expect(verdict(page)).not.toContainText('没有 48 小时内的核酸结果'); // By what the server knows now.
});
