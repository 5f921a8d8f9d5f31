// Small choices kept on this device. A browser that refuses storage only forgets them.

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`firstline.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`firstline.${name}`);
    else localStorage.setItem(`firstline.${name}`, value);
  } catch {
    // Private mode: nothing is kept, nothing else changes.
  }
}
