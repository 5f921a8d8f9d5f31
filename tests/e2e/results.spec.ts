// A laboratory's file: looked at, taken, refused rows named; a corrected version by FHIR replaces what was there.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import type { Page } from '@playwright/test';

async function openConsole(page: Page, firstline: Firstline): Promise<void> {
  const { login, password } = firstline.account('secretary');
  await page.goto(`${firstline.address}/console/#/results`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.locator('[name=source]')).toBeVisible();
}
const shot = async (page: Page, name: string) => {
  if (!process.env.FIRSTLINE_SHOTS) return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${process.env.FIRSTLINE_SHOTS}/${name}-${width}.png`, fullPage: true });
  }
};

test('results go from a laboratory’s file to the resident, and a correction replaces them', async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server takes no results');
  const secretary = await firstline.signIn('secretary');
  const resident = await firstline.signIn('resident');
  const home = await resident.get('/api/v1/my/household');
  const me = home.people.find((each: { is_me: boolean }) => each.is_me);
  const community = secretary.session.roles[0]!.area_id;
  const person = `/api/v1/communities/${community}/people/${me.person_id}`;
  const { id_number: number } = await secretary.command(`${person}/reveal`, {
    reason: 'correction',
    note: '核对检测结果',
  });
  const at = (hours: number) => new Date(firstline.now() + 8 * 3_600_000 - hours * 3_600_000);
  const said = (hours: number) => at(hours).toISOString().slice(0, 16).replace('T', ' ');

  await openConsole(page, firstline);
  await expectAccessible(page, 'results');
  await page.fill('[name=source]', '第一检验所');
  const rows = [
    '样本编号,姓名,身份证号,采样时间,报告时间,检测结果',
    `S1,${me.name},${number},${said(9)},${said(2)},阳性`,
    `S2,别的名字,${number},${said(9)},${said(2)},阴性`,
    `S3,${me.name},${number},${said(9)},${said(2)},还好`,
  ];
  await page.setInputFiles('[name=file]', {
    name: '结果.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\n')),
  });
  await expect(page.locator('.tiles .added dd')).toHaveText('1');
  await expect(page.locator('.tiles .refused dd')).toHaveText('2');
  await expect(page.locator('.problems li').nth(0)).toContainText('第 3 行');
  await expect(page.locator('.problems li').nth(0)).toContainText('另一个姓名');
  await expect(page.locator('.problems li').nth(1)).toContainText('检测结果看不懂');
  const states = async () =>
    (await resident.get('/api/v1/my/health-record')).results
      .filter((each: { source: string }) => each.source === '第一检验所')
      .map((each: { state: string; counts: boolean }) => `${each.state}:${each.counts}`);
  expect(await states()).toEqual([]);
  await expectAccessible(page, 'results looked at');
  await shot(page, 'results-look');
  await page.click('[name=take]');
  await expect(page.getByText('已导入。')).toBeVisible();
  expect(await states()).toEqual(['positive:true']);

  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        fullUrl: 'urn:uuid:1',
        resource: {
          resourceType: 'Observation',
          id: 'S1',
          meta: { versionId: '2' },
          status: 'corrected',
          code: { coding: [{ system: 'http://loinc.org', code: '94500-6' }] },
          subject: { reference: 'urn:uuid:2' },
          effectiveDateTime: `${at(9).toISOString().slice(0, 16)}:00+08:00`,
          issued: `${at(1).toISOString().slice(0, 16)}:00+08:00`,
          valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '260415000' }] },
        },
      },
      {
        fullUrl: 'urn:uuid:2',
        resource: { resourceType: 'Patient', id: 'p', identifier: [{ value: number }], name: [{ text: me.name }] },
      },
    ],
  };
  await page.getByRole('button', { name: '再导入一个文件' }).click();
  const ours = page.locator('.earlier a', { hasText: '第一检验所' }); // Other tests bring theirs in, too.
  await expect(ours).toHaveCount(1);
  await page.setInputFiles('[name=file]', {
    name: 'bundle.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(bundle)),
  });
  await expect(page.locator('.tiles .replaced dd')).toHaveText('1');
  await page.click('[name=take]');
  await expect(page.getByText('已导入。')).toBeVisible();
  expect((await states()).sort()).toEqual(['negative:true', 'positive:false']);
  await page.goto(`${firstline.address}/console/#/person/${me.person_id}`);
  await expect(page.locator('.person-health .replaced')).toContainText('阳性');
  await shot(page, 'person-results');
  await page.goto(`${firstline.address}/console/#/results`);
  await page.reload();
  await ours.last().click();
  await expect(page.locator('.problems li')).toHaveCount(2);
});
