import { expect, test } from 'vitest';
import { rejectionFile } from './results';

test('the list of refused rows opens in a spreadsheet and holds no formula', () => {
  const base64 = rejectionFile([
    { line: 7, code: 'state.unknown', field: '=x', zh: '结果，看不懂', en: 'a "b", c' },
  ]);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)),
  );
  expect(text).toBe('\ufeffline,field,code,zh,en\r\n7,\'=x,state.unknown,结果，看不懂,"a ""b"", c"\r\n');
});
