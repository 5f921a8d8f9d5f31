// The resident's signed code. This phone makes a key that cannot leave it, the community signs facts for that key, and
// every fifteen seconds the phone signs the step beside it: a picture of the code is refused a moment later, at gates
// without a network too. A code once fetched is shown until it ends, whatever the network does.
import { command } from '@shared/api/client';
import type { PhoneCode } from '@shared/api/types';
import { fromBase64, toBase64 } from '@shared/credential/base45';
import { holderOctets, holderStep, presented } from '@shared/credential/fl';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const renewMs = 30 * 60_000; // A newer colour or test is worth a newer code.

// Without https a browser lends no keys: then the page shows the server's changing code instead.
export const canSign = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined;

interface Keys {
  holder: string; // The public point, base64.
  sign: (octets: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

const store = 'keys';
function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('firstline-phone', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
async function inStore<T>(
  mode: IDBTransactionMode,
  run: (keys: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = run(database.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    database.close();
  }
}

// The phone's pair, made at the first use; the private half cannot be read, not by us either.
async function pairOfThisPhone(): Promise<CryptoKeyPair> {
  const kept = await inStore<CryptoKeyPair | undefined>('readonly', (keys) => keys.get('holder'));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']);
  await inStore('readwrite', (keys) => keys.put(made, 'holder'));
  return made;
}

let keys: Promise<Keys> | undefined;
function keysOfThisPhone(): Promise<Keys> {
  keys ??= pairOfThisPhone()
    // A private window may keep nothing: then the key lives as long as the page.
    .catch(() => crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']))
    .then(async (pair) => ({
      holder: toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
      sign: async (octets) =>
        new Uint8Array(await crypto.subtle.sign({ ...ecdsa, hash: 'SHA-256' }, pair.privateKey, octets)),
    }));
  return keys;
}

interface Held extends PhoneCode {
  fetchedMs: number;
}
const held = new Map<string, Held>();
// On a shared phone the next person sees nothing of the last.
export function forgetPhoneCodes(): void {
  held.clear();
}

async function codeOf(person: string | undefined, nowMs: number, phone: Keys): Promise<Held> {
  const name = person ?? '';
  const kept = held.get(name);
  if (kept && nowMs - kept.fetchedMs < renewMs && nowMs < Date.parse(kept.expires_at)) return kept;
  try {
    const code = await command<PhoneCode>(
      '/api/v1/my/phone-codes',
      { holder: phone.holder, ...(person ? { person_id: person } : {}) },
      { attempts: 1, wait: () => Promise.resolve() },
    );
    const fresh = { ...code, fetchedMs: nowMs };
    held.set(name, fresh);
    return fresh;
  } catch (fault) {
    if (kept && nowMs < Date.parse(kept.expires_at)) return kept;
    throw fault;
  }
}

export interface ShownCode {
  text: string;
  nextMs: number; // Until the next step.
}

export async function shownCode(person: string | undefined, nowMs: number = Date.now()): Promise<ShownCode> {
  const phone = await keysOfThisPhone();
  const code = await codeOf(person, nowMs, phone);
  const step = holderStep(nowMs);
  const signature = await phone.sign(holderOctets(fromBase64(code.code_id), step));
  return {
    text: presented(code.code, step, signature),
    nextMs: (step + 1) * code.step_seconds * 1000 - nowMs,
  };
}
