// What a scanned or typed text may be: an identity card number, or somebody's code. The server decides what it is worth.
import type { PassageCommand } from '@shared/api/types';

const partOfSeries = /^FLQ:/; // Another phone's records (offline/series.ts), taken from the menu only.
const idNumber = /^\d{17}[\dX]$/; // Generated people's begin with 00.

export function readingOf(raw: string): Pick<PassageCommand, 'recognised_by' | 'token' | 'id_number'> | null {
  const text = raw.trim();
  if (!text || text.length > 700 || partOfSeries.test(text)) return null;
  if (idNumber.test(text.toUpperCase())) return { recognised_by: 'id_number', id_number: text.toUpperCase() };
  return { recognised_by: 'personal_code', token: text };
}

export const isIdNumber = (text: string): boolean => idNumber.test(text);

// A household's entry pass: it names a home, not a person.
export const isPass = (text: string): boolean => /^FLP:[0-9A-Z]{10}$/i.test(text.trim());
