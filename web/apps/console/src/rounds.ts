// Times of forms, and who is how far in a round. Knows no screen.
import type { Progress } from '@shared/api/types';

const shanghaiMs = 8 * 3_600_000;
// What <input type="datetime-local"> holds: Shanghai's clock, whatever zone the computer is in.
export const localText = (ms: number): string => new Date(ms + shanghaiMs).toISOString().slice(0, 16);
export const instantOf = (text: string): string => `${text}:00+08:00`;

// Hundredths of those who are expected; a building where nobody is expected is done.
export const share = (progress: Progress): number =>
  progress.expected === 0 ? 100 : Math.floor((100 * progress.sampled) / progress.expected);
