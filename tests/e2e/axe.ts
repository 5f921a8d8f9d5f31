// Accessibility of a page, or of the dialog over it, as it stands. Contrast that axe cannot decide counts as a fault: the
// verdict must be readable. The page is measured at its whole height, so that a bar that sticks to the bottom hides nothing;
// words inside a drawing are left out, for axe never decides them.
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
interface Finding {
  id: string;
  nodes: { html: string }[];
}

export async function expectAccessible(page: Page, what: string): Promise<void> {
  const before = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > before.height) await page.setViewportSize({ ...before, height });
  await page.evaluate(source);
  const faults = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (...asked: unknown[]) => Promise<Record<string, Finding[]>> };
    };
    const { violations, incomplete } = await axe.run(
      [...document.querySelectorAll('[role=dialog]')].at(-1) ?? document,
      {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      },
    );
    const drawn = (html: string) => /^<(text|tspan)\b/.test(html);
    const undecided = incomplete!
      .filter((each) => each.id === 'color-contrast')
      .map((each) => ({ ...each, nodes: each.nodes.filter((node) => !drawn(node.html)) }))
      .filter((each) => each.nodes.length > 0);
    return [...violations!, ...undecided].map(
      (each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`,
    );
  });
  if (height > before.height) await page.setViewportSize(before);
  expect(faults, what).toEqual([]);
}
