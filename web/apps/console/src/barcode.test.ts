import { expect, test } from 'vitest';
import { code39 } from './barcode';

// Nine elements a character, three of them wide: 3 x 3 + 6 = 15 units, and a gap of one between characters.
test('a label becomes bars of the right widths', () => {
  const { width, path } = code39('003-00127-5');
  expect(width).toBe(13 * 15 + 12);
  expect(path.match(/M/g)).toHaveLength(13 * 5);
  expect(path.startsWith('M0,0h1v1h-1zM4,0h1v1h-1zM6,0h3v1h-3z')).toBe(true); // The star: n W n n w n w n n.
  expect(() => code39('A')).toThrow();
});
