// What this phone keeps on its disk. Whatever says something about a person is sealed with a key that the browser holds and
// nobody can read out; without a secure context there is no such key, and nothing about people is kept.
import Dexie, { type Table } from 'dexie';

export interface Sealed {
  iv: Uint8Array;
  data: ArrayBuffer;
}
export interface KeptRecord {
  id: string;
  sequence: number;
  state: 'waiting' | 'returned' | 'handed' | 'carried';
  kind: string;
  atMs: number;
  sealed: Sealed;
  code: string; // Why it was returned.
  carriedFor?: string; // The phone that recorded it, if it was another one.
}

class GateBase extends Dexie {
  records!: Table<KeptRecord, string>;
  kept!: Table<{ name: string; value: unknown }, string>;
  constructor() {
    super('firstline-gate');
    this.version(1).stores({ records: 'id, sequence, state', kept: 'name' });
  }
}
export const base = new GateBase();

export async function recallKept<Value>(name: string): Promise<Value | undefined> {
  return (await base.kept.get(name))?.value as Value | undefined;
}
export const keep = (name: string, value: unknown) => base.kept.put({ name, value });
export const forget = (...names: string[]) => base.kept.bulkDelete(names);

// The roster and the queue have keys of their own: a phone that is taken out of service forgets people at once, and can
// still hand on what it recorded.
export type KeyName = 'key.pack' | 'key.queue';
export const canSeal = (): boolean => typeof crypto !== 'undefined' && !!crypto.subtle;

async function keyOf(name: KeyName): Promise<CryptoKey> {
  const known = await recallKept<CryptoKey>(name);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  // Two pages may begin at once: the first key that is there counts.
  return base.transaction('rw', base.kept, async () => {
    const first = await base.kept.get(name);
    if (first) return first.value as CryptoKey;
    await base.kept.put({ name, value: made });
    return made;
  });
}

export async function seal(name: KeyName, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(name), text) };
}
// Nothing if the key has gone or the bytes were touched.
export async function unseal<Value>(name: KeyName, sealed: Sealed): Promise<Value | undefined> {
  try {
    const iv = new Uint8Array(sealed.iv);
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOf(name), sealed.data);
    return JSON.parse(new TextDecoder().decode(text)) as Value;
  } catch {
    return undefined;
  }
}
