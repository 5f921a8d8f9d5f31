// A gate with its server gone: the program itself is stopped, not only the browser's network.
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './axe';
import { type Api, expect, type Firstline, test as base } from './fixtures';
import {
  duty,
  signInAsKeeper,
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
test.setTimeout(120_000);

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
test('the page starts with the server gone, knows its gate, opens for an emergency and reports it later', async ({
  phone,
  firstline,
}) => {
  const { community } = await enrolled(phone.page, firstline);
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
  await page.screenshot({ path: 'results/offline-start-360.png' });
  await page.getByRole('button', { name: '紧急放行' }).click();
  await page.getByRole('button', { name: '急病、临产' }).click();
  await expect(verdict(page).locator('.words')).toContainText('紧急放行');
  await firstline.startAgain();
  await expect(verdict(page)).toContainText('已报告社区', { timeout: 30_000 });
  const secretary = await firstline.signIn('secretary');
  const { items } = await secretary.get(`/api/v1/communities/${community}/alarms`);
  expect(items.filter((each: { kind: string }) => each.kind === 'emergency')).toHaveLength(1);
});
