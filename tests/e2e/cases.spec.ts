// From a positive result to the case on the officer's screen, its steps, and the chain that it belongs to.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';

async function openAs(page: Page, firstline: Firstline, path: string): Promise<void> {
  const account = firstline.account('health_officer');
  await page.goto(path);
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  if (account.totp_secret) {
    await page.locator('[name=totp]').fill(firstline.totp(account));
    await page.locator('form button[type=submit]').click();
  }
  await expect(page.locator('[name=password]')).toHaveCount(0);
}

// On a phone and on a desk nothing stands beyond the edge; kept as a picture when asked for.
async function picture(page: Page, name: string): Promise<void> {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 860 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    if (process.env.FIRSTLINE_SHOTS)
      await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/${name}-${width}.png`, fullPage: true });
  }
}

test('a positive result becomes a case, is confirmed, and stands in a chain', async ({ page, firstline }) => {
  test.skip(!firstline.real, 'the mock server knows no cases');
  const resident = await firstline.signIn('resident2');
  const secretary = await firstline.signIn('secretary');
  const home = await resident.get('/api/v1/my/household');
  const community = secretary.session.roles[0]!.area_id;
  const moment = (hours: number) => new Date(firstline.now() - hours * 3_600_000).toISOString();
  const positive = async (person: { person_id: string; name: string }, hours: number) => {
    const { id_number: number, phone } = await secretary.command(
      `/api/v1/communities/${community}/people/${person.person_id}/reveal`,
      { reason: 'tracing', note: '阳性核对' },
    );
    const answer = await secretary.command(`/api/v1/communities/${community}/results`, {
      source: '第二检验所',
      results: [
        {
          external_id: `C${person.person_id}`,
          version: 1,
          name: person.name,
          ...(number ? { id_number: number } : { phone }),
          kind: 'nucleic_acid',
          state: 'positive',
          sampled_at: moment(hours),
          reported_at: moment(1),
        },
      ],
    });
    expect(answer.items[0].taken, JSON.stringify(answer)).toBe('added');
  };
  const [first, second] = home.people;
  const caseOf = async (person: { person_id: string }) => {
    const { items } = await secretary.get(`/api/v1/communities/${community}/cases`);
    return items.find((one: { person?: { person_id: string } }) => one.person?.person_id === person.person_id);
  };
  await positive(first, 30);

  // The desk hears of it, and its alarm leads to the case.
  await openAs(page, firstline, `${firstline.address}/console/`);
  const mine = await caseOf(first);
  const alarm = page.locator('.alarm.case_opened').filter({ has: page.locator(`a[href$="/cases/${mine.case_id}"]`) });
  await expect(alarm).toContainText('发现新病例');
  await alarm.getByRole('link', { name: '查看病例' }).click();
  await expect(page.locator('[data-case]')).toContainText('疑似');
  await expect(page.locator('[data-case]')).toContainText('**');
  await expect(page.locator('[data-case]')).not.toContainText(first.name);
  await expect(page.locator('[data-case]')).toContainText('往前推 2 天');

  await page.selectOption('[name=status]', 'confirmed');
  await page.fill('[name=step_reason]', '市级复核阳性');
  await page.getByRole('button', { name: '更新判定' }).click();
  await expect(page.locator('[data-case] .status')).toHaveText('确诊');
  await expect(page.getByText('理由：市级复核阳性')).toBeVisible();

  // Another of the home: a case of its own, infected by the first.
  await positive(second, 20);
  await page.getByRole('button', { name: '登记关联' }).click();
  await page.selectOption('[name=way]', 'infected');
  await page.selectOption('[name=other]', (await caseOf(second)).case_id);
  await page.fill('[name=place]', '2号院食堂');
  await page.fill('[name=link_reason]', '同户居住');
  await page.locator('[data-links] form').getByRole('button', { name: '登记关联' }).click();
  await expect(page.locator('[data-links]')).toContainText('传给了');
  await expectAccessible(page, 'a case');
  await picture(page, 'case');

  await page.getByRole('link', { name: '传播链' }).click();
  await expect(page.locator('svg circle')).toHaveCount(2);
  await expect(page.getByText('2号院食堂').first()).toBeVisible();
  await expectAccessible(page, 'chains');
  await picture(page, 'chains');

  await page.getByRole('link', { name: '返回' }).click();
  await page.selectOption('[name=status]', 'confirmed');
  await expect(page.locator('.list .status').filter({ hasNotText: '确诊' })).toHaveCount(0);
  await expect(page.locator(`.list a[href$="/cases/${mine.case_id}"]`)).toBeVisible();
  await page.selectOption('[name=status]', '');
  await expectAccessible(page, 'cases');
  await picture(page, 'cases');
});
