// The list of refused rows, to be sent back to the laboratory. Knows no screen.
import type { ResultBatch } from '@shared/api/types';

// A cell that a spreadsheet would take for a formula gets a ' before it, as the server does.
const cell = (text: string) => {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

// CSV in base64, with the mark by which spreadsheets know UTF-8.
export function rejectionFile(rejections: ResultBatch['rejections']): string {
  const rows = [['line', 'field', 'code', 'zh', 'en']];
  for (const each of rejections) rows.push([String(each.line), each.field, each.code, each.zh, each.en]);
  const text = `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
