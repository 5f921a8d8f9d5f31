import { describe, expect, it } from 'vitest';
import { enough } from './typed';

describe('what was typed', () => {
  it.each(['张三', 'zsf', 'ZhangSan', '1234', '138 1234', '3-2', '3栋', '１２３４'])('%s is enough', (text) =>
    expect(enough(text)).toBe(true),
  );
  it.each(['', '张', 'zs', '123', 'a1b2c3', '·'])('"%s" is not', (text) => expect(enough(text)).toBe(false));
});
