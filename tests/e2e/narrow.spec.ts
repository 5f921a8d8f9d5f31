// Every page on a phone of 360 px, in Chinese and in English, in plain and in large type, and at a desk: nothing lies
// beyond the edge; at the desk axe finds nothing either.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';

const open = ['/', '/trust/', '/gate/', '/resident/', '/console/'];
const ofResident = ['/', '/code', '/scan', '/trips', '/visits', '/pass', '/data'];
const ofDesk = ['/', '/people', '/import', '/places', '/gates', '/phones', '/accounts', '/trips', '/visits', '/badges', '/passes', '/seals', '/isolations', '/offline', '/facts', '/rules', '/results', '/rounds', '/appeals', '/offices', '/me'];

const beyondTheEdge = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    // What scrolls inside its own box is reached by scrolling there: tables, drawings.
    const scrolls = (each: Element | null): boolean =>
      !!each && (getComputedStyle(each).overflowX !== 'visible' || scrolls(each.parentElement));
    return [...document.querySelectorAll('button, a, p, h1, h2, h3, li, label, input, select, td, b')]
      .filter((each) => each.getBoundingClientRect().right > width + 1 && !scrolls(each.parentElement))
      .map((each) => `${each.tagName} ${each.textContent!.trim().slice(0, 40)}`);
  });
async function enter(page: Page, firstline: Firstline, who: string): Promise<void> {
  const { login, password } = firstline.account(who);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('[name=login]')).toHaveCount(0);
}
async function expectInside(page: Page, base: string, paths: string[], axe: boolean): Promise<void> {
  for (const path of paths) {
    await page.goto(base + path);
    await page.waitForTimeout(500); // What is asked for has come.
    if (axe) await expectAccessible(page, base + path);
    expect(await beyondTheEdge(page), base + path).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, base + path).toBeLessThanOrEqual(0);
  }
}

for (const [width, locale, elder] of [
  [360, 'zh-CN', ''],
  [360, 'zh-CN', 'on'],
  [360, 'en-GB', ''],
  [360, 'en-GB', 'on'],
  [1280, 'en-GB', ''],
] as const) {
  test(`${width} px, ${locale}${elder ? ', large type' : ''}`, async ({ browser, firstline }) => {
    test.skip(!firstline.real, 'the mock server has not all pages');
    test.setTimeout(120_000);
    const context = await browser.newContext({
      baseURL: firstline.address,
      locale,
      viewport: { width, height: 780 },
    });
    await context.addInitScript((on) => localStorage.setItem('firstline.elder', on), elder);
    const page = await context.newPage();
    const desk = width > 1000;
    for (const path of open) await expectInside(page, path, [''], desk);
    if (elder) {
      await page.goto('/trust/');
      const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
      expect(size).toBe('24px');
    }
    await page.goto('/resident/');
    await enter(page, firstline, 'resident');
    await expectInside(page, '/resident/#', ofResident, desk);
    await page.goto('/console/');
    await context.clearCookies();
    await page.reload();
    await enter(page, firstline, 'secretary');
    await expectInside(page, '/console/#', ofDesk, desk);
    await context.close();
  });
}
