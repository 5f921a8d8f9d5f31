// Keeps the screen on while on duty, where the browser can. Asked for again when the page comes back into view.

let wanted = false;
async function ask(): Promise<void> {
  if (!wanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
  try {
    await navigator.wakeLock.request('screen');
  } catch {
    // Low battery or not allowed: the duty goes on without.
  }
}
document.addEventListener('visibilitychange', () => void ask());

export function keepAwake(on: boolean): void {
  wanted = on;
  void ask();
}
