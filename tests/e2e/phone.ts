// A gate phone for a shift without a network: a browser with a folder of its own that outlives it, a camera that films what
// it is shown, and what stands on its disk.
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cameraArguments, filmPictures } from './camera';
import { type Api, expect, type Firstline, test as base } from './fixtures';
import { duty, signInAsKeeper, stubVoice, verdict } from './gate_page';
import { browserPath } from './playwright.config';

export interface Phone {
  page: Page;
  restart: () => Promise<Page>; // The browser is closed and opened again; no server has answered it since.
  reload: () => Promise<void>;
  // What the camera sees from its next start on.
  hold: (...pictures: string[]) => void;
  cut: (away: boolean) => Promise<void>; // The network only.
}
async function open(firstline: Firstline, use: (phone: Phone) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-phone-'));
  const film = join(folder, 'film.mjpeg');
  filmPictures([], film);
  let context: BrowserContext;
  const launch = async () => {
    context = await chromium.launchPersistentContext(join(folder, 'browser'), {
      executablePath: browserPath,
      args: cameraArguments(film),
      permissions: ['camera'],
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
    page: await launch(),
    restart: async () => {
      await context.close();
      phone.page = await launch();
      await phone.page.goto('/gate/');
      return phone.page;
    },
    reload: async () => void (await phone.page.reload()),
    hold: (...pictures) => filmPictures(pictures, film),
    cut: (away) => context.setOffline(away),
  };
  await use(phone);
  await context!.close();
  rmSync(folder, { recursive: true, force: true });
}
export const test = base.extend<{ phone: Phone; secondPhone: Phone }>({
  phone: ({ firstline }, use) => open(firstline, use),
  secondPhone: ({ firstline }, use) => open(firstline, use),
});

export interface Gate {
  gate_id: string;
  community: string;
  device: string;
  secretary: Api;
}
export async function enrolled(page: Page, firstline: Firstline): Promise<Gate> {
  const secretary = await firstline.signIn('secretary');
  const keeper = await firstline.signIn('keeper');
  const { gate_id } = (await keeper.get('/api/v1/my/gates')).items[0];
  const offer = await secretary.command(`/api/v1/gates/${gate_id}/enrolments`, { name: `离线手机 ${Date.now()}` });
  await page.goto(`/enrol/${offer.code}`);
  await page.getByRole('button', { name: '去登录' }).click();
  const device = await page.evaluate(async () => (await (await fetch('/api/v1/device')).json()).device_id);
  return { gate_id, community: secretary.session.roles[0]!.area_id, device, secretary };
}
// On duty with the page, the roster and the signed lists on the phone.
export async function readyForAnything(page: Page, firstline: Firstline): Promise<void> {
  await signInAsKeeper(page, firstline);
  await goOnAfterStart(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => keptOnPhone(page), { timeout: 20_000 }).toEqual(expect.arrayContaining(['pack', 'lists']));
}
export async function goOnAfterStart(page: Page): Promise<void> {
  await page.locator('.begin').click();
  await duty(page).waitFor();
}

const inBase = <Found>(page: Page, table: 'kept' | 'records', what: 'getAllKeys' | 'getAll'): Promise<Found[]> =>
  page.evaluate(
    ([table, what]) =>
      new Promise<Found[]>((found) => {
        const opening = indexedDB.open('firstline-gate');
        opening.onsuccess = () => {
          const base = opening.result;
          const asking = base.transaction(table).objectStore(table)[what]();
          asking.onsuccess = () => {
            base.close();
            found(asking.result as Found[]);
          };
        };
      }),
    [table, what] as const,
  );
export const keptOnPhone = (page: Page) => inBase<string>(page, 'kept', 'getAllKeys');
export interface RecordOnPhone {
  id: string;
  sequence: number;
  state: string;
}
export const records = async (page: Page): Promise<RecordOnPhone[]> =>
  (await inBase<RecordOnPhone>(page, 'records', 'getAll')).map(({ id, sequence, state }) => ({ id, sequence, state }));
export const waiting = (page: Page) => page.locator('[data-bar=offline] [data-waiting]');

// Somebody by building, unit and door; `nth` so that nobody comes twice within half a minute.
export async function checkHome(page: Page, nth: number): Promise<void> {
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
