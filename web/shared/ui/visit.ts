// How a visit is said in words: its hours, its state, who comes.
import { clockText, momentText } from '@shared/base/time';
import type { Visit } from '@shared/api/types';

const two = (value: number) => String(value).padStart(2, '0');
const minuteText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

// "03-15 15:00–18:00"; of a repeated visit its times of the day.
export function visitHours(visit: Visit): string {
  if (visit.weekdays)
    return `${minuteText(visit.minute_from ?? 0)}–${minuteText(visit.minute_until ?? 1440)}`;
  const end = momentText(visit.until);
  const sameDay = momentText(visit.from).slice(0, 5) === end.slice(0, 5);
  return `${momentText(visit.from)}–${sameDay ? clockText(Date.parse(visit.until)).slice(0, 5) : end}`;
}
export const visitDays = (visit: Visit): number[] =>
  [1, 2, 3, 4, 5, 6, 7].filter((day) => (visit.weekdays ?? 0) & (1 << (day - 1)));
export const visitState = (visit: Visit): string => (visit.expired ? 'expired' : visit.state);

// Where a visitor comes from, as the server takes it: nothing where nothing was said.
export const cameFrom = (from: { name: string; code: string }) => ({
  ...(from.name.trim() ? { from_name: from.name.trim() } : {}),
  ...(from.code ? { from_code: from.code } : {}),
});
