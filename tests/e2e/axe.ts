// Accessibility of a page, or of the dialog over it, as it stands. Contrast that axe cannot decide counts as a fault: the verdict must be readable.
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(source);
  const faults = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: any }).axe;
    const { violations, incomplete } = await axe.run(
      [...document.querySelectorAll('[role=dialog]')].at(-1) ?? document,
      {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      },
    );
    const undecided = incomplete.filter((each: { id: string }) => each.id === 'color-contrast');
    return [...violations, ...undecided].map(
      (each: { id: string; nodes: { html: string }[] }) =>
        `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`,
    );
  });
  expect(faults, what).toEqual([]);
}
