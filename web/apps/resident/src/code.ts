// Keeps a fresh code on the page: fetches the next a moment before the shown one ends, again after a fault, at once when
// the page is shown again, and not at all once it was left.

// How long to wait for the next. The phone's clock may be wrong by hours: what it says is believed only where it can be
// true, else half a step passes. Never more often than once a second.
export function refreshInMs(expiresAt: string, stepSeconds: number, nowMs: number): number {
  const left = Date.parse(expiresAt) - nowMs;
  const step = stepSeconds * 1000;
  return left > 0 && left <= step ? Math.max(1000, left - 2000) : step / 2;
}

export function keepFresh(
  fetchNext: () => Promise<number>,
  retryMs = 3000,
): { now: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0; // A request of an earlier turn sets no timer.
  const now = () => {
    clearTimeout(timer);
    const mine = ++turn;
    void fetchNext()
      .catch(() => retryMs)
      .then((wait) => {
        if (mine === turn) timer = setTimeout(now, wait);
      });
  };
  return {
    now,
    stop: () => {
      turn++;
      clearTimeout(timer);
    },
  };
}
