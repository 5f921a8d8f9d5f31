// A phone with little room, and one whose shift has ended: what is kept, what is refused and said, what is gone.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect } from './fixtures';
import { duty, nextPerson, noteTemperature, verdict } from './gate_page';
import { checkHome, enrolled, keptOnPhone, readyForAnything, records, test, waiting } from './phone';

test.skip(({ firstline }) => !firstline.real, 'the mock has no gate pack');
test.setTimeout(400_000);

// The browser's own quota, so that its own fault comes and not one of ours. It holds for as long as the session does.
const believedMs = 62_000; // So long IndexedDB goes by what it last heard about room.
async function roomOf(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  return {
    used: () => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0),
    setTo: async (quotaSize: number) => {
      await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
      await page.waitForTimeout(believedMs);
    },
    giveBack: async () => {
      await cdp.send('Storage.overrideQuotaForOrigin', { origin });
      await page.waitForTimeout(believedMs);
    },
  };
}

test('a phone says when room runs short, keeps on recording, refuses a record only when there is none, and never an emergency', async ({
  phone,
  firstline,
}) => {
  const { page } = phone;
  const { community } = await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  await expect.poll(() => keptOnPhone(page)).toContain('reserve');
  const reported = async (): Promise<number> => {
    const secretary = await firstline.signIn('secretary');
    const { items } = await secretary.get(`/api/v1/communities/${community}/alarms`);
    return items.filter((each: { kind: string }) => each.kind === 'emergency').length;
  };
  const before = await reported();
  await phone.cut(true);
  const room = await roomOf(page);
  await room.setTo(await room.used());
  await noteTemperature(page, 0);
  await checkHome(page, 6);
  await nextPerson(page);
  await expect(page.locator('[data-bar=nearly-full]')).toContainText('已动用预留空间');
  expect(await records(page)).toHaveLength(1); // A warning, no refusal.
  expect(await keptOnPhone(page)).not.toContain('reserve');
  await expectAccessible(page, 'nearly full');

  await room.setTo(1);
  await noteTemperature(page, 0);
  await page.locator('[data-way=home]').click();
  for (let level = 0; !(await page.locator('.people li').count()); level += 1) {
    await page.locator('.places .button').first().waitFor();
    await page.locator('.places .button').nth(level < 2 ? 0 : 7).click();
    await page.waitForTimeout(150);
  }
  const first = page.locator('.people .button').first();
  if ((await first.getAttribute('aria-checked')) !== 'true') await first.click();
  await page.locator('.pick .send').click();
  await expect(page.locator('.sheet').getByRole('alert')).toContainText('手机存满了，这一条没有记下');
  expect(await records(page)).toHaveLength(1);
  await expectAccessible(page, 'full');
  await page.locator('.sheet .close').click();
  await expect(page.locator('[data-bar=full]')).toContainText('紧急放行不受影响');

  await page.getByRole('button', { name: '紧急放行' }).click();
  await page.getByRole('button', { name: '急病、临产' }).click();
  await expect(verdict(page).locator('.words')).toContainText('紧急放行');
  await phone.cut(false);
  await expect(verdict(page)).toContainText('已报告社区', { timeout: 40_000 });
  expect(await reported()).toBe(before + 1);
  await nextPerson(page);

  // Room again: the next is kept, the bar goes.
  await room.giveBack();
  await phone.cut(true);
  await noteTemperature(page, 0);
  await checkHome(page, 8);
  await nextPerson(page);
  await expect(waiting(page)).toContainText(/待传 [12] 条/);
  await expect(page.locator('[data-bar=full]')).toHaveCount(0);
  await phone.cut(false);
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
});

test('a shift that ends leaves nobody on the phone', async ({ phone, firstline }) => {
  const { page } = phone;
  await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  expect(await keptOnPhone(page)).toEqual(expect.arrayContaining(['pack', 'key.pack', 'place', 'shift']));
  await page.locator('.menu').click();
  await page.getByRole('button', { name: '交班' }).click();
  await page.getByRole('button', { name: '交班下岗' }).click();
  await expect(page.getByText('已交班')).toBeVisible();
  const gone = ['pack', 'key.pack', 'place', 'shift', 'key.queue'];
  await expect.poll(async () => (await keptOnPhone(page)).filter((name) => gone.includes(name))).toEqual([]);
  await expect(duty(page)).toHaveCount(0);
});
