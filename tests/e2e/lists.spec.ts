// The office's own list: from the dropped file to the people at the gate, and back out.
import { expectAccessible } from './axe';
import { expect, type Firstline, test } from './fixtures';
import { idNumber, sheetOf } from './sheet';
import type { Page } from '@playwright/test';

async function openConsole(page: Page, firstline: Firstline): Promise<void> {
  const account = firstline.account('secretary');
  await page.goto('/console/#/import');
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('[name=list]')).toBeAttached();
}

// 2,000 rows in a building of our own; three are bad: a wrong check digit, no room, a telephone that is none.
function listOf(compound: string): Buffer {
  const rows = [
    ['渭源路社区居民信息登记表'],
    ['小区', '楼栋', '单元', '房号', '姓名', '身份证号码', '联系电话', '特殊情况'],
  ];
  for (let i = 0; i < 2000; i += 1) {
    const floor = Math.floor(i / 8) % 30;
    const room = `${floor + 1}0${(i % 8) + 1}`;
    const building = `${50 + Math.floor(i / 240)}号楼`;
    rows.push([
      compound,
      building,
      '1',
      room,
      `测试${i}`,
      i < 900 ? idNumber(i) : '',
      `138${String(i).padStart(8, '0')}`,
      '',
    ]);
  }
  rows[102]![5] = rows[102]![5]!.slice(0, 17) + (rows[102]![5]!.endsWith('1') ? '2' : '1');
  rows[502]![3] = '';
  rows[1502]![6] = '12';
  return sheetOf(rows);
}

test('a list of 2,000 with three bad rows goes from the file to the gate, and back', async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server takes no lists');
  test.setTimeout(90_000);
  const keeper = await firstline.signIn('keeper');
  const gate = (await keeper.get('/api/v1/my/gates')).items[0];
  const atTheGate = () =>
    keeper.command(`/api/v1/gates/${gate.gate_id}/passages`, {
      at: new Date().toISOString(),
      direction: 'in',
      recognised_by: 'id_number',
      id_number: idNumber(7),
      temperature_tenths: 365,
      mask: 'worn',
    });
  await expect(atTheGate()).rejects.toThrow('404');

  await openConsole(page, firstline);
  await expectAccessible(page, 'import');
  await page.setInputFiles('[name=list]', {
    name: '居民名单.xlsx',
    mimeType: '',
    buffer: listOf(gate.compound_name),
  });
  await expect(page.getByRole('heading', { name: '各列是什么' })).toBeVisible();
  await expect(page.locator('.mapping select').nth(5)).toHaveValue('id_number');
  await page.getByRole('button', { name: '查看会改变什么' }).click();
  await expect(page.locator('.tiles .refused dd')).toHaveText('2000');
  await expect(page.locator('.problems')).toContainText('没有这个楼栋');
  await page.check('[name=new_homes]');
  await page.getByRole('button', { name: '查看会改变什么' }).click();
  await expect(page.locator('.tiles .refused dd')).toHaveText('3');
  await expect(page.locator('.tiles .added dd')).toHaveText('1997');
  const problems = page.locator('.problems li');
  await expect(problems).toHaveCount(3);
  await expect(problems.nth(0)).toContainText('第 103 行');
  await expect(problems.nth(0)).toContainText('身份证号末位校验不符');
  await expect(problems.nth(1)).toContainText('没有房号');
  await expect(problems.nth(2)).toContainText('电话号码不像是电话');
  await expectAccessible(page, 'import preview');
  await page.setViewportSize({ width: 1280, height: 900 });
  if (process.env.FIRSTLINE_SHOTS)
    await page.screenshot({
      path: `${process.env.FIRSTLINE_SHOTS}/import-preview-1280.png`,
      fullPage: true,
    });
  await page.setViewportSize({ width: 360, height: 780 });
  if (process.env.FIRSTLINE_SHOTS)
    await page.screenshot({
      path: `${process.env.FIRSTLINE_SHOTS}/import-preview-360.png`,
      fullPage: true,
    });
  await page.getByRole('button', { name: '只导入没有问题的 1997 行' }).click();
  await expect(page.getByText('名单已导入。')).toBeVisible({ timeout: 60_000 });

  const passed = await atTheGate();
  expect(passed.items[0].name_masked).toBe('测**');
  expect(passed.items[0].household_label).toBe('50-1-108');

  await page.getByRole('button', { name: '撤销此次导入' }).click();
  await page.getByRole('button', { name: '确认撤销' }).click();
  await expect(page.getByText('此次导入已撤销。')).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('link', { name: '再导入一份' }).click();
  await expect(page.locator('.earlier')).toContainText('已撤销');
});

test('a list of places makes a compound and a grid after they were shown by name', async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server takes no lists');
  await openConsole(page, firstline);
  const places = sheetOf([
    ['小区', '网格', '楼栋', '单元'],
    ['名单新苑', '名单网格', '1号楼', '1单元'],
    ['名单新苑', '名单网格', '1号楼', '2单元'],
    ['名单新苑', '名单网格', '2号楼', ''],
  ]);
  await page.setInputFiles('[name=list]', {
    name: '小区楼栋.xlsx',
    mimeType: '',
    buffer: places,
  });
  await page.getByRole('button', { name: '查看会改变什么' }).click();
  await expect(page.locator('.problems li').first()).toContainText('没有这个小区');
  await page.check('[name=new_homes]');
  await page.getByRole('button', { name: '查看会改变什么' }).click();
  await expect(page.locator('.new-places')).toContainText('名单新苑');
  await expect(page.locator('.tiles .buildings_added dd')).toHaveText('2');
  await expectAccessible(page, 'new places');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    if (process.env.FIRSTLINE_SHOTS)
      await page.screenshot({
        path: `${process.env.FIRSTLINE_SHOTS}/import-places-${width}.png`,
        fullPage: true,
      });
  }
  await page.getByRole('button', { name: '全部导入' }).click();
  await expect(page.getByText('名单已导入。')).toBeVisible();
  await page.goto('/console/#/places');
  await expect(page.locator('main')).toContainText('名单新苑');
  await expect(page.locator('main')).toContainText('名单网格');
});

test('a later list asks who is whom, and those it misses are moved out by hand and come back', async ({
  page,
  firstline,
}) => {
  test.skip(!firstline.real, 'the mock server takes no lists');
  test.setTimeout(90_000);
  const secretary = await firstline.signIn('secretary');
  const gate = (await secretary.get('/api/v1/my/gates')).items[0];
  const head = ['小区', '楼栋', '单元', '房号', '姓名', '出生日期', '联系电话', '暂住至'];
  const row = (room: string, name: string, born: string, phone = '') => [
    gate.compound_name,
    '77号楼',
    '1',
    room,
    name,
    born,
    phone,
    '',
  ];
  const drop = async (name: string, rows: string[][]) => {
    await page.setInputFiles('[name=list]', {
      name,
      mimeType: '',
      buffer: sheetOf([head, ...rows]),
    });
    await expect(page.getByRole('heading', { name: '各列是什么' })).toBeVisible();
    await page.check('[name=new_homes]');
    await page.getByRole('button', { name: '查看会改变什么' }).click();
    await expect(page.locator('.tiles')).toBeVisible();
  };
  const found = async (text: string) =>
    (await secretary.command(`/api/v1/communities/${gate.community_id}/search`, { id: undefined, text }))
      .people;

  await openConsole(page, firstline);
  await drop('三月.xlsx', [
    row('101', '章丽敏', '1951-03-05', '12944440001'),
    row('101', '陈留下', '1952-03-05', '12944440002'),
    row('102', '韩已走', '1953-03-05', '12944440003'),
    row('102', '韩未走', '1954-03-05', '12944440004'),
  ]);
  await page.getByRole('button', { name: '全部导入' }).click();
  await expect(page.getByText('名单已导入。')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: '再导入一份' }).click();

  await drop('四月.xlsx', [row('101', '臧莉民', '1951-03-05'), row('101', '陈留下', '1952-03-05')]);
  await expect(page.locator('.tiles .asked dd')).toHaveText('1');
  const question = page.locator('[data-line="2"]');
  await question.getByText('另一个人（新增）').click();
  await page.reload();
  await expect(question.locator('input:checked')).toHaveCount(1); // What was answered outlives a reload,
  await page.getByRole('button', { name: '查看会改变什么' }).click(); // but not another comparison.
  await expect(question).toContainText('臧**');
  await expect(question).toContainText('章**');
  await expect(question).toContainText('同一户');
  await expect(question.locator('input:checked')).toHaveCount(0);
  await expect(page.locator('form.gone li')).toHaveCount(2);
  await expect(page.getByRole('button', { name: /只导入没有问题的 1 行/ })).toBeVisible();
  await expectAccessible(page, 'questions');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    if (process.env.FIRSTLINE_SHOTS)
      await page.screenshot({
        path: `${process.env.FIRSTLINE_SHOTS}/import-questions-${width}.png`,
        fullPage: true,
      });
  }
  await question.getByText('同一个人（更新）').click();
  await page.getByRole('button', { name: '全部导入' }).click();
  await expect(page.getByText('名单已导入。')).toBeVisible({ timeout: 60_000 });
  expect((await found('臧莉民'))[0].phone_masked).toBe('129****0001');
  expect(await found('章丽敏')).toHaveLength(0);

  const gone = page.locator('form.gone');
  await expect(gone.locator('input:checked')).toHaveCount(0);
  await gone.locator('label').filter({ hasText: '129****0003' }).locator('input').check();
  await expectAccessible(page, 'gone');
  if (process.env.FIRSTLINE_SHOTS)
    await page.screenshot({
      path: `${process.env.FIRSTLINE_SHOTS}/import-gone-1280.png`,
      fullPage: true,
    });
  await gone.getByRole('button', { name: '将所选 1 人迁出' }).click();
  await expect(gone).toContainText('已迁出');
  expect((await found('韩已走'))[0].household_label).toBe('');
  expect((await found('韩未走'))[0].household_label).toBe('77-1-102');

  await page.getByRole('button', { name: '撤销此次导入' }).click();
  await page.getByRole('button', { name: '确认撤销' }).click();
  await expect(page.getByText('此次导入已撤销。')).toBeVisible({
    timeout: 60_000,
  });
  expect((await found('韩已走'))[0].household_label).toBe('77-1-102');
  expect(await found('章丽敏')).toHaveLength(1);
});

test('a file that is no list says what to do', async ({ page, firstline }) => {
  test.skip(!firstline.real, 'the mock server takes no lists');
  await openConsole(page, firstline);
  await page.setInputFiles('[name=list]', {
    name: 'old.xls',
    mimeType: '',
    buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  });
  await expect(page.getByText('请另存为不加密的 .xlsx')).toBeVisible();
});
