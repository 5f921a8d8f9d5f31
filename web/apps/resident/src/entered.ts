// What a code of the office brings: login and one-time password, filled into the form. They leave the address at once, so
// that nobody finds them in it later.
export interface Entered {
  login: string;
  password: string;
}

export function readEntered(hash: string): Entered | null {
  const found = /^#\/enter\/([^/?]+)\/([^/?]+)$/.exec(hash);
  return found ? { login: decodeURIComponent(found[1]!), password: decodeURIComponent(found[2]!) } : null;
}

export function takeEntered(): Entered | null {
  const entered = readEntered(location.hash);
  if (entered) history.replaceState(null, '', '#/');
  return entered;
}
