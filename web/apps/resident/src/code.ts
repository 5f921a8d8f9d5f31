// When the next code must be fetched: a moment before the shown one ends, never more often than once a second.
export const refreshInMs = (expiresAt: string, nowMs: number): number =>
  Math.max(1000, Date.parse(expiresAt) - nowMs - 2000);
