// Records that go from one gate phone to another with no network between them: codes on one screen, the camera of the other.
import type { Page } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './axe';
import { expect } from './fixtures';
import { nextPerson, noteTemperature } from './gate_page';
import { checkHome, enrolled, keptOnPhone, readyForAnything, records, test } from './phone';

test.skip(({ firstline }) => !firstline.real, 'the mock takes no records');
test.setTimeout(280_000);

async function passOffline(page: Page, nth: number): Promise<void> {
  await noteTemperature(page, 0);
  await checkHome(page, nth);
  await nextPerson(page);
}
async function openHandover(page: Page): Promise<void> {
  await page.locator('.menu').click();
  await page.getByRole('button', { name: '交班' }).click();
}
// Every code of the series, as it stands on the screen.
async function seriesOn(page: Page): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-series-'));
  await page.locator('[data-run]').click();
  const count = Number(/共 (\d+) 张/.exec(await page.locator('.where').innerText())![1]);
  const pictures: string[] = [];
  for (let part = 0; part < count; part += 1) {
    const picture = join(folder, `${part}.png`);
    await page.locator('[data-part]').screenshot({ path: picture });
    pictures.push(picture);
    await page.getByRole('button', { name: '下一张' }).click();
  }
  return pictures;
}
// The code that the phone which will take over makes.
async function codeOf(page: Page): Promise<string> {
  await page.locator('.menu').click();
  await page.locator('[data-take]').click();
  return page.locator('[data-own-code]').innerText();
}
async function takeOff(page: Page): Promise<void> {
  await page.locator('[data-scan-series]').click();
  await expect(page.locator('[data-gathered]')).toContainText('已收齐', { timeout: 90_000 });
  await expectAccessible(page, 'a series gathered');
  await page.getByRole('button', { name: '接收', exact: true }).click();
  await expect(page.locator('[data-taken]')).toBeVisible({ timeout: 20_000 });
}

test('a queue crosses by the screen, is sent by both phones and counted once; then the first phone may go', async ({
  phone,
  secondPhone,
  firstline,
}) => {
  const { page } = phone;
  const { gate_id, community } = await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  const other = secondPhone.page;
  await enrolled(other, firstline);
  await readyForAnything(other, firstline);
  const checked = async (): Promise<number> => {
    const secretary = await firstline.signIn('secretary');
    const { items } = await secretary.get(`/api/v1/communities/${community}/gates`);
    const { today } = items.find((each: any) => each.gate.gate_id === gate_id);
    return today.pass + today.pass_with_reminder + today.register_first + today.refuse + today.hold;
  };
  const before = await checked();

  await phone.cut(true);
  await secondPhone.cut(true);
  await passOffline(page, 3);
  await passOffline(page, 4);
  await openHandover(page);
  await expect(page.locator('[data-blocked]')).toContainText('还有 2 条记录没传到服务器');
  await expect(page.locator('form .send')).toBeDisabled();
  await page.fill('[name=their_code]', await codeOf(other));
  await page.locator('[data-hand-on]').click();
  await expect(page.locator('[data-part]')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('[data-code]')).toHaveCount(0); // A film of this screen opens nothing.
  await expectAccessible(page, 'a series shown');
  secondPhone.hold(...(await seriesOn(page)));
  await takeOff(other);
  const carried = await records(other);
  expect(carried.map((each) => each.state)).toEqual(['carried', 'carried', 'carried']); // Two passages and the note.
  await other.getByRole('button', { name: '关闭' }).click();

  // Both come back: the same three records arrive twice.
  await phone.cut(false);
  await secondPhone.cut(false);
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
  await expect.poll(async () => (await records(other)).length, { timeout: 70_000 }).toBe(0);
  expect(await checked()).toBe(before + 2);
  await expect(other.locator('[data-returned]')).toHaveCount(0);
});

test('who has handed the records on goes off duty without a network, and nobody stays on that phone', async ({
  phone,
  secondPhone,
  firstline,
}) => {
  const { page } = phone;
  await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  const other = secondPhone.page;
  await enrolled(other, firstline);
  await readyForAnything(other, firstline);
  await phone.cut(true);
  await secondPhone.cut(true);
  await passOffline(page, 5);
  await openHandover(page);
  await page.locator('[data-hand-on]').click();
  await expect(page.locator('[data-part]')).toBeVisible({ timeout: 20_000 });
  // By the file, for whoever has no camera.
  const saving = page.waitForEvent('download');
  await page.locator('[data-save]').click();
  const file = await (await saving).path();
  await other.locator('.menu').click();
  await other.locator('[data-take]').click();
  await other.setInputFiles('[name=queue]', file);
  await other.fill('[name=code]', 'AAAAAAAA');
  await other.getByRole('button', { name: '接收', exact: true }).click();
  await expect(other.getByRole('alert')).toContainText('口令不对', { timeout: 20_000 });
  await other.fill('[name=code]', await page.locator('[data-code]').innerText());
  await other.getByRole('button', { name: '接收', exact: true }).click();
  await expect(other.locator('[data-taken]')).toContainText('已接收 2 条', { timeout: 20_000 });

  await page.locator('[data-handed]').click();
  await expect(page.getByText('已下岗，记录由另一部手机补传')).toBeVisible();
  const left = await keptOnPhone(page);
  for (const gone of ['pack', 'key.pack', 'place', 'shift', 'key.queue']) expect(left).not.toContain(gone);
  expect(await records(page)).toEqual([]);
  await secondPhone.cut(false);
  await expect.poll(async () => (await records(other)).length, { timeout: 70_000 }).toBe(0);
});
