// Codes before the camera of a gate whose server is gone: a phone's own screen is taken, its picture is worth nothing a minute
// later, and who is on no roster is known by the signature alone.
import type { Browser, Page } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './axe';
import { expect, type Firstline } from './fixtures';
import { duty, nextPerson, noteTemperature, verdict } from './gate_page';
import { enrolled, readyForAnything, records, test, waiting } from './phone';

test.skip(({ firstline }) => !firstline.real, 'the mock signs nothing');
test.setTimeout(280_000);

// The page on the resident's own phone, which signs anew every fifteen seconds.
async function codePage(browser: Browser, firstline: Firstline, login: string): Promise<Page> {
  const account = firstline.account(login);
  const context = await browser.newContext({
    baseURL: firstline.address,
    locale: 'zh-CN',
    viewport: { width: 400, height: 800 },
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  await page.goto('/resident/');
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('link', { name: '出示我的码' }).click();
  await expect(page.getByText('每十五秒重新签名')).toBeVisible();
  return page;
}
async function photograph(page: Page): Promise<string> {
  const picture = join(mkdtempSync(join(tmpdir(), 'firstline-code-')), 'code.png');
  await page.locator('[data-code]').screenshot({ path: picture });
  return picture;
}
const scan = (page: Page) => page.locator('.scan').click();

test('the camera takes a signed code with the server gone, refuses its picture a minute later, and knows a stranger by the signature', async ({
  browser,
  phone,
  firstline,
}) => {
  const { page } = phone;
  await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  const neighbour = await codePage(browser, firstline, 'resident');
  const stranger = await codePage(browser, firstline, 'resident2'); // Of another compound: not on this gate's roster.
  await firstline.stop();

  await noteTemperature(page, 0);
  const taken = Date.now();
  phone.hold(await photograph(neighbour));
  await scan(page);
  await verdict(page).waitFor({ timeout: 30_000 });
  await expect(verdict(page).locator('[data-offline]')).toContainText('离线判定');
  await expect(verdict(page).locator('.who')).toContainText('1-1-101');
  await expect(verdict(page).locator('[data-compare]')).toHaveCount(0); // The phone vouches.
  const kept = await records(page);
  expect(kept).toHaveLength(1);

  // The camera still sees the same picture; the resident's phone has long signed another step.
  await page.waitForTimeout(Math.max(0, taken + 62_000 - Date.now()));
  await nextPerson(page);
  await expect(duty(page).getByRole('alert')).toContainText('截图或已过时', { timeout: 20_000 });
  await expectAccessible(page, 'a picture refused');
  expect(await records(page)).toHaveLength(1);
  await scan(page); // Off.

  phone.hold(await photograph(stranger));
  await scan(page);
  await verdict(page).waitFor({ timeout: 30_000 });
  await expect(verdict(page).locator('[data-offline]')).toContainText('离线判定');
  await expect(verdict(page).locator('.who')).toContainText('*');
  await expect(verdict(page)).toContainText('来访还没有登记'); // Known, but no neighbour.
  await nextPerson(page);
  await expect(waiting(page)).toContainText('待传 2 条');

  await firstline.startAgain();
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
  await expect(page.locator('[data-returned]')).toHaveCount(0);
  await neighbour.context().close();
  await stranger.context().close();
});

test('a phone whose clock is ten minutes fast takes a fresh code all the same, and its record comes in at the right time', async ({
  browser,
  phone,
  firstline,
}) => {
  const { page } = phone;
  await page.clock.install({ time: Date.now() + 600_000 }); // And goes on from there.
  const { gate_id, community } = await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  const neighbour = await codePage(browser, firstline, 'resident');
  await firstline.stop();
  await noteTemperature(page, 0);
  phone.hold(await photograph(neighbour));
  const from = Date.now();
  await scan(page);
  await verdict(page).waitFor({ timeout: 30_000 });
  const until = Date.now();
  await expect(verdict(page).locator('.who')).toContainText('1-1-101');
  await nextPerson(page);
  await firstline.startAgain();
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
  const secretary = await firstline.signIn('secretary');
  const { items } = await secretary.get(`/api/v1/communities/${community}/gates`);
  const last = Date.parse(items.find((each: any) => each.gate.gate_id === gate_id).last_passage_at);
  expect(last).toBeGreaterThan(from - 3000);
  expect(last).toBeLessThan(until + 3000);
  await neighbour.context().close();
});
