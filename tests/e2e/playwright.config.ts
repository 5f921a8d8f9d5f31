// Real Chromium against a real server. Run from web/: `npx playwright test -c ../tests/e2e`.
// FIRSTLINE_BIN names the program; without it the mock server of web/dev stands in. FIRSTLINE_WEB_ROOT serves pages from a
// folder instead of the built-in ones. CHROMIUM names the browser.
import { defineConfig } from '@playwright/test';

export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  // Each worker has a server, a keeper and a shift of its own. Who passes twice within 30 s is the same passage: the tests of
  // one file share people with care.
  workers: 3, // More than cores: much of it is waiting.
  timeout: 60_000, // Five pages looked at for accessibility on a machine that compiles beside it take half of that.
  expect: { timeout: 8_000 },
  reporter: [['list']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 360, height: 780 },
    launchOptions: { executablePath: browserPath, args: browserArguments },
    screenshot: 'only-on-failure',
  },
});
