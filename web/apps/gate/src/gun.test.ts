import { describe, expect, it } from 'vitest';
import { createGun } from './gun';

function type(text: string, stepMs: number, inField = false) {
  const read: string[] = [];
  const gun = createGun((whole) => read.push(whole));
  let atMs = 1000;
  const ended = [...text, 'Enter'].map((key) => gun({ key, atMs: (atMs += stepMs), inField }));
  return { read, ended: ended.at(-1) };
}

describe('scanner gun', () => {
  it('reads what comes fast and ends with Enter', () => {
    expect(type('code-12345', 5)).toEqual({ read: ['code-12345'], ended: true });
  });
  it('leaves a person who types into a field alone', () => {
    expect(type('code-12345', 5, true).read).toEqual([]);
  });
  it('is no gun when it is slow or short', () => {
    expect(type('code-12345', 900)).toEqual({ read: [], ended: false });
    expect(type('abc', 5)).toEqual({ read: [], ended: false });
  });
  it('keeps no more than a code can have', () => {
    expect(type('x'.repeat(5000), 1).read[0]).toHaveLength(2000);
  });
});
