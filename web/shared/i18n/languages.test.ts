import { describe, expect, it } from 'vitest';
import { nest, preferredLanguage } from './index';

describe('language', () => {
  it.each([
    [null, ['zh-CN'], 'zh-CN'],
    [null, ['zh-Hans-CN', 'en'], 'zh-CN'],
    [null, ['en-GB', 'zh-CN'], 'en'],
    [null, ['ug-CN'], 'en'],
    [null, [], 'zh-CN'],
    ['en', ['zh-CN'], 'en'],
    ['xx', ['zh-CN'], 'zh-CN'],
  ] as const)('kept %s, wanted %s: %s', (kept, wanted, expected) => {
    expect(preferredLanguage(kept, wanted)).toBe(expected);
  });
  it('nests flat words', () => {
    expect(nest({ 'a.b': '1', 'a.c.d': '2', e: '3' })).toEqual({ a: { b: '1', c: { d: '2' } }, e: '3' });
  });
});
