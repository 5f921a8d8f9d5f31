// The venue code in what a camera read or a hand typed: a poster's address ends in /v/CODE.
const code = /^[0-9A-Z]{8}$/;

export function venueOf(text: string): string | null {
  const last = /\/v\/([^/?#]+)\/?$/.exec(text.trim())?.[1] ?? text;
  const plain = last.replace(/[\s-]/g, '').toUpperCase();
  return code.test(plain) ? plain : null;
}
