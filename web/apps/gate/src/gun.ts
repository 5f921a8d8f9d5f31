// A scanner gun or a card reader types what it reads, fast, and ends with Enter. A person typing into a field is left alone.

export interface Key {
  key: string;
  atMs: number;
  inField: boolean;
}
const longestPauseMs = 500;
const shortest = 6;
const longest = 2000; // A health certificate; our own codes have less than 500.

export function createGun(read: (text: string) => void): (key: Key) => boolean {
  let text = '';
  let lastMs = 0;
  // True if the key ended a reading and must do nothing else.
  return ({ key, atMs, inField }) => {
    if (inField) return false;
    if (atMs - lastMs > longestPauseMs) text = '';
    lastMs = atMs;
    if (key === 'Enter') {
      const whole = text;
      text = '';
      if (whole.length < shortest) return false;
      read(whole);
      return true;
    }
    if (key.length === 1 && text.length < longest) text += key;
    return false;
  };
}

export function listenToGun(read: (text: string) => void): () => void {
  const gun = createGun(read);
  const listen = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement | null;
    const inField = !!target?.closest?.('input, textarea, select, [data-keys]');
    if (gun({ key: event.key, atMs: event.timeStamp, inField })) event.preventDefault();
  };
  window.addEventListener('keydown', listen, true);
  return () => window.removeEventListener('keydown', listen, true);
}
