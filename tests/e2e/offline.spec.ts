// A gate with its server gone: the program itself is stopped, not only the browser's network.
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './axe';
import { type Api, expect, type Firstline, test as base } from './fixtures';
import {
  counter,
  duty,
  nextPerson,
  noteTemperature,
  signInAsKeeper,
  spoken,
  stubVoice,
  verdict,
} from './gate_page';
import { browserArguments, browserPath } from './playwright.config';

// A phone: its browser's own folder outlives the browser.
interface Phone {
  page: Page;
  restart: () => Promise<Page>;
  reload: () => Promise<void>;
}
const test = base.extend<{ phone: Phone }>({
  phone: async ({ firstline }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'firstline-phone-'));
    let context: BrowserContext;
    const open = async () => {
      context = await chromium.launchPersistentContext(folder, {
        executablePath: browserPath,
        args: browserArguments,
        baseURL: firstline.address,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        viewport: { width: 360, height: 780 },
      });
      const page = context.pages()[0] ?? (await context.newPage());
      await stubVoice(page);
      return page;
    };
    const phone: Phone = {
      page: await open(),
      restart: async () => {
        await context.close();
        phone.page = await open();
        await phone.page.goto('/gate/');
        return phone.page;
      },
      reload: async () => void (await phone.page.reload()),
    };
    await use(phone);
    await context!.close();
    rmSync(folder, { recursive: true, force: true });
  },
});
test.skip(({ firstline }) => !firstline.real, 'the mock has no gate pack');
test.setTimeout(280_000);

interface Gate {
  gate_id: string;
  community: string;
}
async function enrolled(page: Page, firstline: Firstline): Promise<Gate & { device: string; secretary: Api }> {
  const secretary = await firstline.signIn('secretary');
  const keeper = await firstline.signIn('keeper');
  const { gate_id } = (await keeper.get('/api/v1/my/gates')).items[0];
  const offer = await secretary.command(`/api/v1/gates/${gate_id}/enrolments`, { name: `离线手机 ${Date.now()}` });
  await page.goto(`/enrol/${offer.code}`);
  await page.getByRole('button', { name: '去登录' }).click();
  const device = await page.evaluate(async () => (await (await fetch('/api/v1/device')).json()).device_id);
  return { gate_id, community: secretary.session.roles[0]!.area_id, device, secretary };
}
// On duty with the page and the roster on the phone.
async function readyForAnything(page: Page, firstline: Firstline): Promise<void> {
  await signInAsKeeper(page, firstline);
  await page.locator('.begin').click();
  await duty(page).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => keptOnPhone(page), { timeout: 20_000 }).toContain('pack');
}
const keptOnPhone = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((found) => {
        const opening = indexedDB.open('firstline-gate');
        opening.onsuccess = () => {
          const base = opening.result;
          const asking = base.transaction('kept').objectStore('kept').getAllKeys();
          asking.onsuccess = () => {
            base.close();
            found(asking.result as string[]);
          };
        };
      }),
  );
const records = (page: Page): Promise<{ id: string; sequence: number; state: string }[]> =>
  page.evaluate(
    () =>
      new Promise((found) => {
        const opening = indexedDB.open('firstline-gate');
        opening.onsuccess = () => {
          const base = opening.result;
          const asking = base.transaction('records').objectStore('records').getAll();
          asking.onsuccess = () => {
            base.close();
            found(asking.result.map(({ id, sequence, state }) => ({ id, sequence, state })));
          };
        };
      }),
  );
async function goOnAfterStart(page: Page): Promise<void> {
  await page.locator('.begin').click();
  await duty(page).waitFor();
}
// Somebody by building, unit and door; `nth` so that nobody comes twice within half a minute.
async function checkHome(page: Page, nth: number): Promise<void> {
  await page.locator('[data-way=home]').click();
  for (let level = 0; level < 5 && !(await page.locator('.people li').count()); level += 1) {
    const places = page.locator('.places .button');
    await places.first().waitFor();
    await places.nth(level < 2 ? 0 : nth).click();
    await page.waitForTimeout(150);
  }
  const first = page.locator('.people .button').first();
  await first.waitFor();
  if ((await first.getAttribute('aria-checked')) !== 'true') await first.click();
  await page.locator('.pick .send').click();
  await verdict(page).waitFor();
}
const waiting = (page: Page) => page.locator('[data-bar=offline] [data-waiting]');

test('a shift goes on with the server gone: cold start, two reloads, a restart, and each record arrives once', async ({
  phone,
  firstline,
}) => {
  let { page } = phone;
  const { gate_id, community, secretary } = await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  const countsBefore = (await secretary.get(`/api/v1/communities/${community}/gates`)).items.find(
    (each: any) => each.gate.gate_id === gate_id,
  ).today;

  await firstline.stop();
  await noteTemperature(page, 0);
  await checkHome(page, 0);
  await expect(verdict(page).locator('[data-offline]')).toContainText('离线判定');
  await expect(verdict(page).locator('[data-offline]')).toContainText(/按 \d\d:\d\d 的名册/);
  expect((await spoken(page)).length).toBeGreaterThan(0);
  await expectAccessible(page, 'offline verdict');
  await nextPerson(page);
  await expect(waiting(page)).toContainText('待传 1 条');
  await expectAccessible(page, 'offline duty');

  await phone.reload();
  await goOnAfterStart(page);
  await noteTemperature(page, 1);
  await checkHome(page, 1);
  await nextPerson(page);
  await expect(waiting(page)).toContainText('待传 2 条');
  await phone.reload();
  await goOnAfterStart(page);
  await expect(waiting(page)).toContainText('待传 2 条');

  page = await phone.restart(); // A cold start: no server has answered since the browser began.
  await goOnAfterStart(page);
  await noteTemperature(page, 1);
  await checkHome(page, 2);
  await nextPerson(page);
  await expect(waiting(page)).toContainText('待传 3 条');
  expect(await counter(page, 'in')).toBeGreaterThanOrEqual(3);

  // Everybody out by any way is no emergency's business: it opens, and waits with the rest.
  await page.getByRole('button', { name: '紧急放行' }).click();
  await page.getByRole('button', { name: '急病、临产' }).click();
  await expect(verdict(page).locator('.words')).toContainText('紧急放行');
  await expect(verdict(page)).toContainText('已记在手机上');
  await nextPerson(page);
  const kept = await records(page);
  expect(kept.map((each) => each.sequence)).toEqual([1, 2, 3, 4]);

  await page.locator('.menu').click();
  await page.getByRole('button', { name: '交班' }).click();
  await expect(page.locator('[data-blocked]')).toContainText('还有 4 条记录没传到服务器');
  await expect(page.locator('form .send')).toBeDisabled();
  await expectAccessible(page, 'hand-over blocked');

  await firstline.startAgain();
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
  const countsAfter = (await secretaryAgain(firstline, community, gate_id)).today;
  expect(countsAfter.in - countsBefore.in).toBe(4); // The emergency came in, too.
  expect(countsAfter.emergencies - countsBefore.emergencies).toBe(1);
});
async function secretaryAgain(firstline: Firstline, community: string, gate: string) {
  const secretary = await firstline.signIn('secretary');
  const { items } = await secretary.get(`/api/v1/communities/${community}/gates`);
  return items.find((each: any) => each.gate.gate_id === gate);
}

test('a phone taken out of service forgets everybody at its next call', async ({ phone, firstline }) => {
  const { page } = phone;
  const { device, secretary } = await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  expect(await keptOnPhone(page)).toEqual(expect.arrayContaining(['pack', 'key.pack', 'place']));
  await secretary.command(`/api/v1/devices/${device}/revoke`, { reason: '手机丢了' });
  await page.locator('[data-way=id]').click();
  await page.keyboard.type('110101190001010009');
  await page.getByRole('button', { name: '查验' }).click();
  await expect.poll(() => keptOnPhone(page), { timeout: 20_000 }).not.toContain('pack');
  const left = await keptOnPhone(page);
  for (const gone of ['pack', 'key.pack', 'place', 'shift']) expect(left).not.toContain(gone);
});

test('the page starts with the server gone, knows its gate, opens for an emergency and reports it later', async ({
  phone,
  firstline,
}) => {
  const { community } = await enrolled(phone.page, firstline);
  const reported = async () => {
    const secretary = await firstline.signIn('secretary');
    const { items } = await secretary.get(`/api/v1/communities/${community}/alarms`);
    return items.filter((each: { kind: string }) => each.kind === 'emergency').length;
  };
  const before = await reported();
  await signInAsKeeper(phone.page, firstline);
  await phone.page.locator('.begin').click();
  await duty(phone.page).waitFor();
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const gate = await phone.page.locator('h1').innerText();
  await expect.poll(() => keptOnPhone(phone.page)).toContain('place');

  await firstline.stop();
  const page = await phone.restart(); // A cold start: no server has answered since the browser began.
  await expect(page.locator('.begin')).toBeVisible();
  expect(await page.locator('h1').innerText()).toContain(gate);
  await expect(page.locator('[data-bar=offline]')).toContainText('离线值守');
  await expectAccessible(page, 'start without a server');
  await page.getByRole('button', { name: '紧急放行' }).click();
  await page.getByRole('button', { name: '急病、临产' }).click();
  await expect(verdict(page).locator('.words')).toContainText('紧急放行');
  await firstline.startAgain();
  await expect(verdict(page)).toContainText('已报告社区', { timeout: 30_000 });
  expect(await reported()).toBe(before + 1);
});
