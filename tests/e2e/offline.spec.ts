// A gate with its server gone: the program itself is stopped, not only the browser's network.
import { expectAccessible } from './axe';
import { expect, type Firstline } from './fixtures';
import { counter, duty, nextPerson, noteTemperature, shoot, signInAsKeeper, spoken, verdict } from './gate_page';
import { checkHome, enrolled, goOnAfterStart, keptOnPhone, readyForAnything, records, test, waiting } from './phone';
import { idNumber } from './sheet';

test.skip(({ firstline }) => !firstline.real, 'the mock has no gate pack');
test.setTimeout(280_000);

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

test('a roster that was changed on its way is not taken, and the one at hand stays', async ({ phone, firstline }) => {
  const { page } = phone;
  await enrolled(page, firstline);
  await readyForAnything(page, firstline);
  await page.route('**/pack*', async (route) => {
    const answer = await route.fetch({ url: route.request().url().replace(/\?since=.*/, '') });
    const { pack, signature } = await answer.json();
    await route.fulfill({ response: answer, json: { pack: pack.replace('"expires_at":"2', '"expires_at":"3'), signature } });
  });
  await page.reload();
  await goOnAfterStart(page);
  await expect(page.locator('[data-bar=forged]')).toContainText('签名不对', { timeout: 20_000 });
  await expectAccessible(page, 'a roster refused');
  await phone.cut(true);
  await noteTemperature(page, 0);
  await checkHome(page, 9);
  await expect(verdict(page).locator('[data-offline]')).toContainText(/按 \d\d:\d\d 的名册/);
  await nextPerson(page);
  await page.unroute('**/pack*');
  await phone.cut(false);
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0);
  await expect(page.locator('[data-bar=forged]')).toHaveCount(0, { timeout: 20_000 });
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

test('who moves away while the phone is cut off is still recorded, and then gone from it', async ({ phone, firstline }) => {
  const { page } = phone;
  const { gate_id, community, secretary } = await enrolled(page, firstline);
  const here = `/api/v1/communities/${community}`;
  const number = idNumber(912);
  const found = await secretary.command(`${here}/search`, { id: undefined, text: '1-1-402' });
  const home = found.places[0].area_id;
  const { person_id } = await secretary.command(`${here}/households/${home}/people`, {
    marks: [],
    name: '祝迁出',
    phone: '12955550912',
    id_number: number,
  });
  await readyForAnything(page, firstline);
  const inPack = async () => {
    const asked = (gate: string) => fetch(`/api/v1/gates/${gate}/pack`).then((answer) => answer.text());
    return (await page.evaluate(asked, gate_id)).includes(person_id);
  };
  await expect.poll(inPack, { timeout: 40_000, intervals: [2000] }).toBe(true);
  await page.waitForTimeout(3000); // The stream has told this page as well.

  await phone.cut(true);
  await noteTemperature(page, 0);
  await shoot(page, number);
  await expect(verdict(page).locator('.who')).toContainText('1-1-402');
  await nextPerson(page);
  await expect(waiting(page)).toContainText('待传 1 条');
  const { people } = await secretary.get(`${here}/households/${home}`);
  const { version } = people.find((each: any) => each.person.person_id === person_id);
  await secretary.command(`${here}/people/${person_id}/move`, { base_version: version }); // To nowhere here.
  await phone.cut(false);
  await expect.poll(async () => (await records(page)).length, { timeout: 70_000 }).toBe(0); // Taken, or with a reason.
  await expect(page.locator('[data-returned]')).toHaveCount(0);

  // Within a minute nobody of that name is on the phone.
  const from = Date.now();
  await expect.poll(inPack, { timeout: 60_000, intervals: [2000] }).toBe(false);
  await page.waitForTimeout(3000);
  expect(Date.now() - from).toBeLessThan(60_000);
  await phone.cut(true);
  await noteTemperature(page, 0);
  await shoot(page, number);
  await expect(verdict(page).locator('.who')).toHaveCount(0);
  await expect(verdict(page)).toContainText('还不知道您是哪一户');
});
