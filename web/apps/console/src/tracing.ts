// How long two people were together, and until when, as the tracer reads it.
import type { TraceRow } from '@shared/api/types';
import { momentText } from '@shared/base/time';

// Whole minutes, at least one: a tracer asks "how long", and "0" reads like never.
export const minutesText = (seconds: number) => String(Math.max(1, Math.round(seconds / 60)));

// The day is left out where it is the day of the beginning.
export function lastMoment(first: string | undefined, last: string | undefined): string {
  const from = momentText(first);
  const until = momentText(last);
  return from && until.slice(0, 5) === from.slice(0, 5) ? until.slice(6) : until;
}

// What an officer may ask otherwise than the policy does.
export const traceNumbers = [
  'lookback_days',
  'linger_minutes',
  'overlap_minutes_min',
  'close_minutes_min',
] as const;

// Only what was typed: a field left empty is the policy's.
export const given = (numbers: Record<string, number | ''>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(numbers).filter((one): one is [string, number] => typeof one[1] === 'number'),
  );

// When a list was asked for on this page, by run: its page says how long it took until it stood there.
export const begunAt = new Map<string, number>();

// Which rows are shown: all, those with something left to do, close contacts, those that were objected to.
export const traceViews = ['all', 'open', 'close', 'objected'] as const;
export type TraceView = (typeof traceViews)[number];
export const rowsOf = (rows: TraceRow[], view: TraceView, keep = ''): TraceRow[] =>
  rows.filter(
    (row) =>
      row.row_id === keep ||
      view === 'all' ||
      (view === 'open' && row.next_action !== 'done') ||
      (view === 'close' && row.category === 'close_contact') ||
      (view === 'objected' && row.objection === 'open'),
  );

// As the server counts: called, or nobody needs to any more.
export const progressOf = (rows: TraceRow[]) => ({
  rows: rows.length,
  called: rows.filter((row) => row.calls > 0 || row.handed_off_at || row.category === 'not_a_contact').length,
  reached: rows.filter((row) => row.last_outcome === 'reached').length,
});
