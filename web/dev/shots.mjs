// Pictures of the gate's screens from a running server: `node dev/shots.mjs http://127.0.0.1:8080 FOLDER`.
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';

const [address = 'http://127.0.0.1:8080', folder = 'dist/shots'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ],
});
async function walk(name, options, language) {
  const context = await browser.newContext({ locale: language, timezoneId: 'Asia/Shanghai', ...options });
  const page = await context.newPage();
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && console.log(name, message.text()),
  );
  const shot = (step) => page.screenshot({ path: `${folder}/${name}-${step}.png` });
  const back = () => page.locator('[data-screen=verdict] .next').click();
  await page.goto(`${address}/gate/#/enrol/mock-9001`);
  await page.locator('.button.primary').click();
  await page.fill('[name=login]', 'keeper');
  await shot('1-sign-in');
  await page.fill('[name=password]', 'demo');
  await page.locator('form .primary').click();
  await page.locator('.begin').waitFor();
  await page.waitForTimeout(300);
  await shot('2-begin');
  await page.locator('.begin').click();
  await page.locator('[data-screen=duty]').waitFor();
  await page.waitForTimeout(300);
  await shot('3-duty');
  await page.locator('[data-way=id]').click();
  await page.keyboard.type('620102195401');
  await shot('4-id');
  await page.locator('.sheet .close').click();
  const scan = async (id, step) => {
    await page.keyboard.type(`mock-code-${id}`);
    await page.keyboard.press('Enter');
    await page.locator('[data-screen=verdict]').waitFor();
    await page.waitForTimeout(step === '5-hold' ? 3000 : 200);
    await shot(step);
    await back();
  };
  await scan(500004, '5-pass');
  await scan(500002, '5-reminder');
  await scan(500003, '5-register');
  await scan(500005, '5-refuse');
  await scan(500006, '5-hold');
  await page.locator('[data-way=home]').click();
  await page.locator('.places .button').nth(0).click();
  await page.locator('.places .button').nth(0).click();
  await page.waitForTimeout(150);
  await page.locator('.places .button').nth(2).click();
  await page.waitForTimeout(150);
  await page.locator('.places .button').nth(1).click();
  await page.locator('.head .button').click();
  await shot('6-family-pick');
  await page.locator('.send').click();
  await page.locator('[data-screen=verdict]').waitFor();
  await shot('7-family');
  await back();
  await page.locator('.bar .button').nth(0).click();
  await shot('8-temperature');
  await page.locator('.sheet .close').click();
  await page.locator('header .danger').click();
  await shot('9-emergency-pick');
  await page.locator('.kinds .button').first().click();
  await page.waitForTimeout(300);
  await shot('9-emergency');
  await back();
  await page.locator('.menu').click();
  await shot('10-menu');
  await page.locator('.sheet .primary').click();
  await page.waitForTimeout(300);
  await shot('11-handover');
  await context.close();
}
await walk('phone-zh', { viewport: { width: 360, height: 780 }, colorScheme: 'dark' }, 'zh-CN');
await walk('phone-en', { viewport: { width: 360, height: 780 } }, 'en-GB');
if (process.env.DESKTOP) await walk('desk-zh', { viewport: { width: 1440, height: 900 } }, 'zh-CN');
await browser.close();
