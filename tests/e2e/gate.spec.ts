// A shift at the gate, in a real browser.
import { randomUUID } from 'node:crypto';
import { chromium, type Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { cameraArguments, filmOf } from './camera';
import { type Api, expect, test } from './fixtures';
import {
  counter,
  duty,
  goOnDuty,
  nextPerson,
  numbersTold,
  noteTemperature,
  outcomeOf,
  shoot,
  signInAsKeeper,
  spoken,
  stubVoice,
  takeTemperature,
  verdict,
} from './gate_page';
import { browserPath } from './playwright.config';

const codeOf = async (resident: Api): Promise<string> => (await resident.get('/api/v1/my/code')).token;
const spokenWords =
  /^(请通行|请通行，请看提醒|请先登记|请稍等，看一下说明|请在这里等候，工作人员马上来|紧急放行，请让开通道)$/;

// The keeper's own gate and the way to a home where at least two people live.
async function familyHome(keeper: Api): Promise<string[]> {
  const gate = (await keeper.get('/api/v1/my/gates')).items[0].gate_id;
  const walk = async (parent: string, way: string[]): Promise<string[] | null> => {
    const { items } = await keeper.get(`/api/v1/gates/${gate}/places${parent ? `?parent=${parent}` : ''}`);
    for (const place of items) {
      if (place.kind !== 'household') {
        const found = await walk(place.area_id, [...way, place.name]);
        if (found) return found;
        continue;
      }
      const people = (await keeper.get(`/api/v1/gates/${gate}/people?household=${place.area_id}`)).items;
      if (people.length >= 2) return [...way, place.name];
    }
    return null;
  };
  return (await walk('', []))!;
}
async function pickHome(page: Page, way: string[]): Promise<void> {
  await page.locator('[data-way=home]').click();
  for (const name of way) await page.locator('.places .button').filter({ hasText: name }).first().click();
  await page.locator('.people li').first().waitFor();
}

test('a wrong password is refused in words, and a right one brings the keeper to the gate', async ({
  page,
  firstline,
}) => {
  await page.goto('/gate/');
  await page.fill('[name=login]', firstline.account('keeper').login);
  await page.fill('[name=password]', 'not-this-one');
  await page.locator('form button[type=submit].primary').click();
  await expect(page.locator('[role=alert]')).toContainText('账号或密码');
  await expectAccessible(page, 'sign in');
  await signInAsKeeper(page, firstline);
  await expect(page.locator('.begin')).toBeVisible();
  await expectAccessible(page, 'begin');
});

test('the camera reads a code; the verdict is shown and spoken without a name', async ({ firstline }) => {
  const resident = await firstline.signIn('resident2');
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: cameraArguments(filmOf(await codeOf(resident))),
  });
  try {
    const page = await browser.newPage({
      baseURL: firstline.address,
      permissions: ['camera'],
      locale: 'zh-CN',
      viewport: { width: 360, height: 780 },
    });
    const refused: string[] = [];
    page.on(
      'console',
      (message) => /Content Security Policy/.test(message.text()) && refused.push(message.text()),
    );
    await goOnDuty(page, firstline);
    await noteTemperature(page, 0);
    await page.locator('.scan').click();
    await verdict(page).waitFor({ timeout: 20_000 });
    const said = await spoken(page);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(spokenWords);
    await expect(verdict(page).locator('.words')).not.toBeEmpty();
    expect(refused).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('temperature is taken after the scan, the same person again is not counted twice, and the old verdict goes grey', async ({
  page,
  firstline,
}) => {
  const resident = await firstline.signIn('resident');
  await goOnDuty(page, firstline);
  const before = await counter(page, 'in');
  await shoot(page, await codeOf(resident));
  const first = await outcomeOf(page);
  if (firstline.real) {
    expect(first).toBe('register_first');
    await page.getByRole('button', { name: '量了体温，再判' }).click();
    await takeTemperature(page, 1);
    await expect(verdict(page).locator('.verdict')).toHaveAttribute('data-outcome', /^pass/);
  }
  await nextPerson(page);
  await expect.poll(() => counter(page, 'in')).toBe(before + 1);
  await noteTemperature(page, 1);
  const told = numbersTold(page);
  await shoot(page, await codeOf(resident));
  await told;
  await expect(verdict(page).locator('.repeated')).toContainText('秒前已登记');
  await expect(verdict(page).locator('.verdict')).toHaveClass(/stale/, { timeout: 15_000 });
  await expectAccessible(page, 'stale verdict');
  await nextPerson(page);
  await expect.poll(() => counter(page, 'in')).toBe(before + 1);
});

test('an unknown code and an unknown number are said, and change nothing', async ({ page, firstline }) => {
  await goOnDuty(page, firstline);
  await page.keyboard.type('no-such-code-at-all');
  await page.keyboard.press('Enter');
  await expect(duty(page).locator('[role=alert]')).toBeVisible();
  await page.locator('[data-way=id]').click();
  await page.keyboard.type('110101190001010009');
  await expectAccessible(page, 'number pad');
  await page.getByRole('button', { name: '查验' }).click();
  await expect(page.locator('.sheet [role=alert]')).toBeVisible();
  await expect(verdict(page)).toHaveCount(0);
});

test('a family goes through in one go, by building and door, and a fever is held and let through with a reason', async ({
  page,
  firstline,
}) => {
  const way = await familyHome(await firstline.signIn('keeper'));
  await goOnDuty(page, firstline);
  await expectAccessible(page, 'duty');
  await noteTemperature(page, 25); // 39.0
  await pickHome(page, way);
  await page.locator('.people .button').nth(0).click();
  await page.locator('.people .button').nth(1).click();
  await expectAccessible(page, 'family pick');
  await page.locator('.send').click();
  await expect(verdict(page).locator('.family li')).toHaveCount(2);
  expect(await outcomeOf(page)).toBe('hold');
  expect((await spoken(page)).at(-1)).toBe('请在这里等候，工作人员马上来');
  await expect(page.locator('[data-alarm]')).toContainText('还没有人看到');
  await expectAccessible(page, 'family verdict');

  if (firstline.real) {
    const secretary = await firstline.signIn('secretary');
    const community = secretary.session.roles[0]!.area_id;
    const alarms = (await secretary.get(`/api/v1/communities/${community}/alarms?open=1`)).items;
    for (const alarm of alarms)
      await secretary.command(`/api/v1/communities/${community}/alarms/${alarm.alarm_id}/seen`);
  }
  await expect(page.locator('[data-alarm]')).toContainText('已看到');

  await verdict(page).locator('.family .button').first().click();
  await expect(page.locator('.sheet .send')).toBeDisabled();
  await page.getByRole('button', { name: '就医' }).click();
  await page.locator('.sheet textarea').fill('救护车在门口等');
  await expectAccessible(page, 'override');
  await page.locator('.sheet .send').click();
  await expect(verdict(page)).toContainText('已特别放行');
});

test('a phone whose stream was away learns all the same who has seen its alarm', async ({ page, firstline }) => {
  const keeper = await firstline.signIn('keeper');
  const way = await familyHome(keeper);
  await page.route('**/stream', (route) => route.abort());
  await goOnDuty(page, firstline);
  await page.getByRole('button', { name: '出', exact: true }).click();
  await noteTemperature(page, 26); // 39.1
  await pickHome(page, way);
  await page.locator('.people .button').nth(1).click();
  await page.locator('.send').click();
  await expect(page.locator('[data-alarm]')).toContainText('还没有人看到');
  const secretary = await firstline.signIn('secretary');
  const alarms = `/api/v1/communities/${secretary.session.roles[0]!.area_id}/alarms`;
  for (const alarm of (await secretary.get(`${alarms}?open=1`)).items)
    await secretary.command(`${alarms}/${alarm.alarm_id}/seen`);
  await page.unroute('**/stream');
  await expect(page.locator('[data-alarm]')).toContainText('已看到', { timeout: 20_000 });
});

test('an emergency opens at once, before anybody signs in on an enrolled phone', async ({
  page,
  firstline,
}) => {
  const secretary = await firstline.signIn('secretary');
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0].gate_id;
  const { code } = await secretary.command(`/api/v1/gates/${gate}/enrolments`, { name: '北门值守手机' });
  const community = secretary.session.roles[0]!.area_id;
  const emergencies = async (): Promise<number> => {
    const { items } = await secretary.get(`/api/v1/communities/${community}/alarms`);
    return items.filter((each: { kind: string }) => each.kind === 'emergency').length;
  };
  const before = await emergencies();
  await stubVoice(page);
  await page.goto(`/enrol/${code}`);
  await expect(page.getByText('已登记到')).toBeVisible();
  await page.getByRole('button', { name: '去登录' }).click();
  await expect(page.locator('[name=login]')).toBeVisible();
  await page.getByRole('button', { name: '紧急放行' }).click();
  await expectAccessible(page, 'emergency');
  await page.getByRole('button', { name: '急病、临产' }).click();
  await expect(verdict(page).locator('.words')).toContainText('紧急放行');
  await expect(verdict(page)).toContainText('已报告社区');
  expect(await spoken(page)).toEqual(['紧急放行，请让开通道']);
  await expectAccessible(page, 'emergency verdict');
  expect(await emergencies()).toBe(before + 1);
});

test('a passage is undone within ten seconds, and the shift is handed over with its note', async ({
  page,
  firstline,
}) => {
  const way = await familyHome(await firstline.signIn('keeper'));
  await goOnDuty(page, firstline);
  await page.getByRole('button', { name: '出', exact: true }).click();
  const before = await counter(page, 'out');
  await noteTemperature(page, 2);
  await pickHome(page, way);
  await page.locator('.people .button').nth(1).click();
  await page.locator('.send').click();
  await verdict(page).waitFor();
  await verdict(page).locator('[data-action=undo]').click();
  await expect(verdict(page)).toContainText('已撤销');
  await nextPerson(page);
  await expect.poll(() => counter(page, 'out')).toBe(before);

  await page.locator('.menu').click();
  await expectAccessible(page, 'menu');
  await page.getByRole('button', { name: '交班' }).click();
  await expectAccessible(page, 'hand-over');
  const note = `三号楼电梯在修 ${randomUUID().slice(0, 4)}`;
  await page.locator('textarea').fill(note);
  await page.getByRole('button', { name: '交班下岗' }).click();
  await expect(page.getByText('已交班')).toBeVisible();
  await page.getByRole('button', { name: '再次上岗' }).click();
  await expect(page.getByText(note)).toBeVisible();
});

test("a resident's own scan of the gate's code comes up on the keeper's phone", async ({
  page,
  firstline,
}) => {
  const resident = await firstline.signIn('resident');
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  await goOnDuty(page, firstline);
  await page.waitForTimeout(1000); // The stream stands.
  await resident.command(`/api/v1/venues/${gate.venue_code}/passages`, {
    at: new Date().toISOString(),
    direction: 'out',
    person_ids: [],
    temperature_tenths: 366,
  });
  await expect(verdict(page)).toContainText('居民自己扫码');
  await expect.poll(async () => (await spoken(page)).length).toBe(1);
  await nextPerson(page);
  await expect(duty(page).locator('.arrivals li')).toHaveCount(1);
});

test('English by the browser, Chinese by one tap, large text, night', async ({ browser, firstline }) => {
  const page = await browser.newPage({
    baseURL: firstline.address,
    locale: 'en-GB',
    viewport: { width: 360, height: 780 },
  });
  await page.goto('/gate/');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('button', { name: '登录' })).toBeVisible();
  await page.locator('.menu').click();
  await page.getByRole('button', { name: '大字版' }).click();
  await page.getByRole('button', { name: '夜间' }).click();
  await page.locator('.sheet .close').click();
  await page.reload();
  await expect(page.getByRole('button', { name: '登录' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectAccessible(page, 'large and dark');
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBeLessThanOrEqual(0);
  await page.close();
});

test('the duty screen and a verdict fit a narrow phone in large text', async ({ page, firstline }) => {
  const resident = await firstline.signIn('resident');
  await page.addInitScript(() => localStorage.setItem('firstline.elder', 'on'));
  await goOnDuty(page, firstline);
  const overflow = () =>
    page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const wide = (each: Element) => each.getBoundingClientRect().right > width + 1;
      return [...document.querySelectorAll('button, p, h1, h2, dl, li')]
        .filter(wide)
        .map((each) => each.textContent);
    });
  expect(await overflow()).toEqual([]);
  await shoot(page, await codeOf(resident));
  expect(await overflow()).toEqual([]);
  const word = await verdict(page).locator('.words span').boundingBox();
  expect(word!.height).toBeGreaterThanOrEqual(56);
  await nextPerson(page);
  const scan = await page.locator('.scan').boundingBox();
  expect(scan!.height).toBeGreaterThanOrEqual(88);
});
