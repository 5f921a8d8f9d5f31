// Whether the server can be reached, as the last calls say; the browser's own opinion (navigator.onLine) is wrong when the
// server is down or a network leads nowhere. And how far this phone's clock is from the server's.
import { reactive, readonly } from 'vue';
import type { Heard } from '@shared/api/client';

const state = reactive<{ reachable: boolean; heardAtMs: number; skewMs: number | undefined }>({
  reachable: true, // Until a call fails.
  heardAtMs: 0,
  skewMs: undefined,
});
export const network = readonly(state);

// Statuses of somebody on the way who did not reach the server either.
const notReached = new Set([0, 502, 504]);
const watchers: ((reachable: boolean) => void)[] = [];
export const onReachable = (watch: (reachable: boolean) => void) => watchers.push(watch);

const skewKeptMs = 10 * 60_000;
let best = { roundTripMs: Infinity, atMs: 0 };

export function hear(heard: Heard): void {
  const reachable = !notReached.has(heard.status);
  if (reachable) state.heardAtMs = heard.heardAtMs;
  measure(heard);
  if (reachable === state.reachable) return;
  state.reachable = reachable;
  watchers.forEach((watch) => watch(reachable));
}

// The answer's Date is cut to a second: half of one is added. The quickest answer of late knows best, unless somebody has
// set the clock since.
function measure({ serverDate, askedAtMs, heardAtMs }: Heard): void {
  const serverMs = serverDate ? Date.parse(serverDate) : Number.NaN;
  const roundTripMs = heardAtMs - askedAtMs;
  if (Number.isNaN(serverMs) || roundTripMs < 0) return;
  const skewMs = Math.round(serverMs + 500 - (askedAtMs + roundTripMs / 2));
  const clockWasSet = Math.abs(skewMs - (state.skewMs ?? skewMs)) > 1500 + roundTripMs / 2;
  const fresh = heardAtMs >= best.atMs && heardAtMs - best.atMs < skewKeptMs;
  if (roundTripMs > best.roundTripMs && fresh && !clockWasSet) return;
  best = { roundTripMs, atMs: heardAtMs };
  state.skewMs = skewMs;
}
export function recallSkew(skewMs: number | undefined): void {
  state.skewMs ??= skewMs;
}
// The server's moment, as well as this phone knows it. Less than two seconds is the measuring's own error.
export function serverNowMs(deviceMs: number = Date.now()): number {
  const skew = state.skewMs ?? 0;
  return Math.abs(skew) < 2000 ? deviceMs : deviceMs + skew;
}
