// Codes for people who are on no list: a volunteer's badge and a visitor's code issued and printed at the desk, shown at a gate
// with and without its server, and withdrawn.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { pictureOf } from './camera';
import { expect, type Firstline } from './fixtures';
import { duty, nextPerson, noteTemperature, shoot, verdict } from './gate_page';
import { enrolled, readyForAnything, records, test, waiting } from './phone';

test.skip(({ firstline }) => !firstline.real, 'the mock signs nothing');
test.setTimeout(200_000);

async function openDesk(page: Page, firstline: Firstline, path: string): Promise<void> {
  const { login, password } = firstline.account('secretary');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`/console/#${path}`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.locator('nav .live')).toBeVisible();
}
async function issue(page: Page, kind: 'badge' | 'visitor', name: string): Promise<string> {
  await page.selectOption('[name=kind]', kind);
  await page.fill('[name=bearer]', name);
  await page.fill('[name=last_four]', '1234');
  await page.fill('[name=unit]', kind === 'badge' ? '北门' : '1-1-101');
  await page.fill('[name=hours]', kind === 'badge' ? '8' : '2');
  const answer = page.waitForResponse((each) => each.url().endsWith('/codes') && each.request().method() === 'POST');
  await page.getByRole('button', { name: '发码' }).click();
  await expect(page.locator('[data-paper]')).toContainText(`${name[0]}*`);
  return (await (await answer).json()).code;
}

test('a badge and a visitor’s code are issued, printed on one card, known at the gate online and off, and withdrawn', async ({
  page,
  phone,
  firstline,
}) => {
  await openDesk(page, firstline, '/badges');
  await expectAccessible(page, 'badges');
  const badge = await issue(page, 'badge', '钱七八');
  await expectAccessible(page, 'a badge issued');
  // Printed alone: one page of the chosen size, with nothing of the desk on it.
  for (const [sheet, millimetres] of [
    ['a6', 148],
    ['a4', 210],
  ] as const) {
    await page.selectOption('[name=sheet]', sheet);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+)/g)].map((each) => Math.round((Number(each[1]) / 72) * 25.4));
    expect(boxes, sheet).toEqual([millimetres]);
  }
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-paper]')).toBeVisible();
  await expect(page.locator('nav')).toBeHidden();
  await expect(page.locator('[name=bearer]')).toBeHidden();
  await page.emulateMedia({ media: null });
  const visitor = await issue(page, 'visitor', '孙九');
  await expect(page.locator('[data-code-kind]')).toHaveCount(2);

  await enrolled(phone.page, firstline);
  await readyForAnything(phone.page, firstline);
  await noteTemperature(phone.page, 0);
  await shoot(phone.page, badge);
  await expect(verdict(phone.page).locator('.who')).toContainText('钱**');
  await expect(verdict(phone.page).locator('[data-compare]')).toContainText('志愿者证');
  await expect(verdict(phone.page).locator('[data-compare]')).toContainText('1234');
  await expect(verdict(phone.page).locator('[data-offline]')).toHaveCount(0);
  await expectAccessible(phone.page, 'a badge at the gate');
  await nextPerson(phone.page);

  // The server goes: the camera, on paper.
  await phone.cut(true);
  await noteTemperature(phone.page, 0);
  phone.hold(pictureOf(visitor));
  await phone.page.locator('.scan').click();
  await verdict(phone.page).waitFor({ timeout: 30_000 });
  await expect(verdict(phone.page).locator('[data-offline]')).toContainText('离线判定');
  await expect(verdict(phone.page).locator('.who')).toContainText('孙*');
  await expect(verdict(phone.page).locator('[data-compare]')).toContainText('访客码');
  await expect(verdict(phone.page)).not.toContainText('来访还没有登记'); // The desk wrote them down.
  await nextPerson(phone.page);
  await expect(waiting(phone.page)).toContainText('待传 1 条');
  await phone.page.locator('.scan').click();
  await phone.cut(false);
  await expect.poll(async () => (await records(phone.page)).length, { timeout: 70_000 }).toBe(0);
  await expect(phone.page.locator('[data-returned]')).toHaveCount(0);

  // Withdrawn: known at once with the server, and soon without it, for the phone is told that there is a new list.
  const listed = phone.page.waitForResponse(/\/revocations(\?|$)/, { timeout: 60_000 });
  for (let left = 2; left > 0; left -= 1) {
    const row = page.locator('[data-code-kind]').first();
    await row.getByRole('button', { name: '作废' }).click();
    await row.getByRole('button', { name: '作废' }).click();
    await expect(page.locator('[data-code-kind]')).toHaveCount(left - 1);
  }
  await phone.page.keyboard.type(badge);
  await phone.page.keyboard.press('Enter');
  await expect(duty(phone.page).getByRole('alert')).toContainText('作废');
  await listed;
  await phone.page.waitForTimeout(2000);
  await phone.cut(true);
  await expect
    .poll(
      async () => {
        await phone.page.keyboard.type(visitor);
        await phone.page.keyboard.press('Enter');
        return duty(phone.page).getByRole('alert').innerText();
      },
      { timeout: 40_000, intervals: [3000] },
    )
    .toContain('这个码已作废');
  await phone.cut(false);
});
