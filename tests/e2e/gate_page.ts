// The keeper's phone as a person uses it.
import { expect, type Page } from '@playwright/test';
import type { Firstline } from './fixtures';

// What would be spoken is kept instead; the test's browser has no voices.
export async function stubVoice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spoken: string[] = [];
    Object.assign(window, {
      spoken,
      SpeechSynthesisUtterance: class {
        constructor(public text: string) {}
      },
    });
    const voices = [{ lang: 'zh-CN' }, { lang: 'en-GB' }];
    const speak = (said: { text: string }) => spoken.push(said.text);
    Object.defineProperty(window, 'speechSynthesis', {
      value: { getVoices: () => voices, cancel() {}, speak },
    });
  });
}
export const spoken = (page: Page) => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);

export async function signInAsKeeper(page: Page, firstline: Firstline): Promise<void> {
  const { login, password } = firstline.account('keeper');
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.locator('form button[type=submit].primary').click();
}
export async function goOnDuty(page: Page, firstline: Firstline): Promise<void> {
  await stubVoice(page);
  await page.goto('/gate/');
  await signInAsKeeper(page, firstline);
  const begin = page.locator('.begin');
  const pick = page.locator('h2 + button');
  await begin.or(pick.first()).waitFor();
  if (!(await begin.isVisible())) await pick.first().click();
  await begin.click();
  await duty(page).waitFor();
}
export const duty = (page: Page) => page.locator('[data-screen=duty]');
export const verdict = (page: Page) => page.locator('[data-screen=verdict]');
export const outcomeOf = (page: Page) => verdict(page).locator('.verdict').getAttribute('data-outcome');

// As a scanner gun does it.
export async function shoot(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await verdict(page).waitFor();
}
export async function nextPerson(page: Page): Promise<void> {
  await verdict(page).locator('.next').click();
  await expect(verdict(page)).toHaveCount(0);
}
// The shift's numbers come from the server after the verdict is shown.
export const numbersTold = (page: Page) =>
  page.waitForResponse((response) => response.url().endsWith('/shift') && response.ok());
// From the pad that is open, in tenths above 36.5.
export async function takeTemperature(page: Page, tenthsAbove: number): Promise<void> {
  for (let degree = 0; degree < Math.floor(tenthsAbove / 10); degree += 1)
    await page.locator('.steps .button').nth(3).click();
  for (let tenth = 0; tenth < tenthsAbove % 10; tenth += 1)
    await page.locator('.steps .button').nth(2).click();
  await page.locator('.steps.two .primary').click();
}
export async function noteTemperature(page: Page, tenthsAbove: number): Promise<void> {
  await page.locator('.bar .button').first().click();
  await takeTemperature(page, tenthsAbove);
}
export async function counter(page: Page, name: string): Promise<number> {
  return Number(await page.locator(`[data-counter=${name}] dd`).first().innerText());
}
