// An office on its own certificate, without the demo: what a phone is asked to trust can be compared.
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';

const program = process.env.FIRSTLINE_BIN ? resolve(process.env.FIRSTLINE_BIN) : '';

test.describe('an office with a certificate of its own', () => {
  test.skip(!program, 'the mock server has no certificate');

  test('shows the fingerprint of what it hands out, and its telephone', async ({ browser }) => {
    const data = mkdtempSync(join(tmpdir(), 'firstline-trust-'));
    const flags = ['--data', data, '--listen', '127.0.0.1:0', '--tls', 'self-signed', '--office-phone', '0931 000 0000'];
    const server = spawn(program, ['serve', ...flags], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const address = await new Promise<string>((said, failed) => {
        server.stdout.once('data', (line: Buffer) => said(line.toString().trim()));
        server.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
      });
      const context = await browser.newContext({ baseURL: address, ignoreHTTPSErrors: true, locale: 'zh-CN' });
      const page = await context.newPage();
      await page.setViewportSize({ width: 360, height: 780 });
      await page.goto('/trust/');
      const authority = new X509Certificate(readFileSync(join(data, 'tls', 'ca.crt')));
      await expect(page.locator('[data-fingerprint] li')).toHaveCount(8);
      const shown = await page.locator('[data-fingerprint] li').allInnerTexts();
      expect(shown.join(' ')).toBe(authority.fingerprint256.replaceAll(':', ' '));
      await expectAccessible(page, 'trust');
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const loaded = page.waitForEvent('download');
      await page.getByRole('link', { name: '下载证书' }).click();
      const file = readFileSync((await (await loaded).path())!);
      expect(new X509Certificate(file).fingerprint256).toBe(authority.fingerprint256);
      await expect(page.getByRole('link', { name: '0931 000 0000' })).toHaveAttribute('href', 'tel:09310000000');
      await expect(page.getByText('演示数据')).toHaveCount(0); // Nobody here was made up.
      await context.close();
    } finally {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    }
  });
});
