// A gate phone's life: the desk makes a code, a phone opens it and serves the gate, the desk takes the phone out.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import { duty, nextPerson, noteTemperature, outcomeOf, shoot, signInAsKeeper, stubVoice, verdict } from './gate_page';

// As the phone's own camera app reads it off the desk's screen.
async function readOffScreen(page: Page): Promise<string> {
  const wasmBinary = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer as ArrayBuffer }, fireImmediately: true });
  const picture = await page.locator('.offer img').screenshot();
  const [found] = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], tryHarder: true });
  return found?.text ?? '';
}
async function openPhones(page: Page, firstline: Firstline): Promise<void> {
  const { login, password } = firstline.account('secretary');
  await page.goto('/console/#/phones');
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}
async function openPhone(page: Page, firstline: Firstline): Promise<Page> {
  const context = await page.context().browser()!.newContext({
    baseURL: firstline.address,
    locale: 'zh-CN',
    viewport: { width: 360, height: 780 },
  });
  const phone = await context.newPage();
  await stubVoice(phone);
  return phone;
}

test.describe('gate phones', () => {
  test.skip(({ firstline }) => !firstline.real, 'the mock server keeps no phones');

  test('the desk enrols a phone by its picture, the phone serves the gate, and is refused in words once taken out', async ({
    page,
    firstline,
  }) => {
    await openPhones(page, firstline);
    const keeper = await firstline.signIn('keeper');
    const gate = (await keeper.get('/api/v1/my/gates')).items[0];
    await page.getByLabel('卡口').selectOption(gate.gate_id);
    await page.getByLabel('手机名称').fill('晚班手机');
    await page.getByRole('button', { name: '生成登记码' }).click();
    await expect(page.locator('.offer img')).toBeVisible();
    await expectAccessible(page, 'an enrolment offered');
    const link = await readOffScreen(page);
    expect(link).toBe(`${firstline.address}/enrol/${await page.locator('.offer .code').innerText()}`);

    const phone = await openPhone(page, firstline);
    await phone.goto(link);
    await expect(phone.getByText('已登记到')).toContainText(gate.name);
    await expectAccessible(phone, 'enrolled');
    await phone.getByRole('button', { name: '去登录' }).click();
    await signInAsKeeper(phone, firstline);
    await phone.locator('.begin').click();
    await duty(phone).waitFor();
    await phone.getByRole('button', { name: '出', exact: true }).click();
    await noteTemperature(phone, 1);
    const neighbour = await firstline.signIn('resident2');
    await shoot(phone, (await neighbour.get('/api/v1/my/code')).token);
    expect(await outcomeOf(phone)).toBeTruthy();
    await nextPerson(phone);

    // A second phone with the same picture: the code was used.
    const second = await openPhone(page, firstline);
    await second.goto(link);
    await expect(second.getByRole('alert')).toBeVisible();
    await expect(second.getByText('只能用一次')).toBeVisible();

    await page.getByRole('button', { name: '关闭' }).click();
    const row = page.getByRole('row', { name: /晚班手机/ });
    await row.getByRole('button', { name: '停用' }).click();
    await row.getByLabel('停用原因').fill('手机丢了');
    await row.getByRole('button', { name: '停用' }).click();
    await expect(row).toContainText('已停用');
    await expect(row.getByRole('button')).toHaveCount(0);

    // Whoever holds the phone holds its keeper's session too: both are out with the next touch.
    await phone.keyboard.type((await neighbour.get('/api/v1/my/code')).token);
    await phone.keyboard.press('Enter');
    await expect(phone.locator('.shut-out')).toContainText('这部手机已停用');
    await expect(verdict(phone)).toHaveCount(0);
    await expect(duty(phone)).toHaveCount(0);
    await expectAccessible(phone, 'shut out');
    await phone.reload();
    await expect(phone.locator('.shut-out')).toContainText('这部手机已停用');
    await expect(phone.getByRole('button', { name: '紧急放行' })).toHaveCount(0);
    await phone.context().close();
    await second.context().close();
  });
});
