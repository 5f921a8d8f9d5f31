import { expect, test } from 'vitest';
import { readEntered } from './entered';

test('a code of the office gives login and password, anything else nothing', () => {
  expect(readEntered('#/enter/r3-2-502/7k3m-9xwq-2hpd')).toEqual({
    login: 'r3-2-502',
    password: '7k3m-9xwq-2hpd',
  });
  for (const hash of ['', '#/', '#/enter/r3-2-502', '#/enter/a/b/c', '#/scan/enter/a/b'])
    expect(readEntered(hash)).toBeNull();
});
