// Codes before the camera of a gate whose server is gone: a phone's own screen is taken, its picture is worth nothing a minute
// later, and who is on no roster is known by the signature alone.
import type { Browser, Page } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './axe';
import { pictureOf } from './camera';
import { expect, type Firstline } from './fixtures';
import { duty, nextPerson, noteTemperature, verdict } from './gate_page';
import { enrolled, goOnAfterStart, readyForAnything, records, test, waiting } from './phone';
import { idNumber } from './sheet';

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

test('after a cold start with no server the camera takes paper, and the keeper is told what to compare', async ({
  phone,
  firstline,
}) => {
  const { gate_id, community, secretary } = await enrolled(phone.page, firstline);
  const here = `/api/v1/communities/${community}`;
  const found = await secretary.command(`${here}/search`, { id: undefined, text: '1-1-403' });
  const number = idNumber(900); // Born in 1960.
  const { person_id } = await secretary.command(
    `${here}/households/${found.places[0].area_id}/people`,
    { marks: ['no_phone'], name: '寿老人', id_number: number },
  );
  const paper = await secretary.command(`${here}/codes`, { kind: 'paper', person_id, ground: 'elder', days: 7 });
  await readyForAnything(phone.page, firstline);
  const inPack = async () => {
    const asked = (gate: string) => fetch(`/api/v1/gates/${gate}/pack`).then((answer) => answer.text());
    return (await phone.page.evaluate(asked, gate_id)).includes(person_id);
  };
  await expect.poll(inPack, { timeout: 40_000, intervals: [2000] }).toBe(true);
  await phone.page.waitForTimeout(3000); // The stream has told the page as well.

  await firstline.stop();
  phone.hold(pictureOf(paper.code));
  const page = await phone.restart();
  await goOnAfterStart(page);
  await noteTemperature(page, 0);
  await scan(page);
  await verdict(page).waitFor({ timeout: 30_000 });
  await expect(verdict(page).locator('[data-offline]')).toContainText('离线判定');
  await expect(verdict(page).locator('.who')).toContainText('1-1-403');
  await expect(verdict(page).locator('[data-compare]')).toContainText('纸质码');
  await expect(verdict(page).locator('[data-compare]')).toContainText(number.slice(-4));
  await expect(verdict(page)).not.toContainText('没有看到健康码'); // Paper stands in for it.
  await expectAccessible(page, 'paper at the gate');
  await nextPerson(page);
  await firstline.startAgain();
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
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
