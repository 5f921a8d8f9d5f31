// How long two people were together, and until when, as the tracer reads it.
import { momentText } from '@shared/base/time';

// Whole minutes, at least one: a tracer asks "how long", and "0" reads like never.
export const minutesText = (seconds: number) => String(Math.max(1, Math.round(seconds / 60)));

// The day is left out where it is the day of the beginning.
export function lastMoment(first: string | undefined, last: string | undefined): string {
  const from = momentText(first);
  const until = momentText(last);
  return from && until.slice(0, 5) === from.slice(0, 5) ? until.slice(6) : until;
}
