// Records on their way by hand: locked with a short code of the phone that takes them, so that a film of this screen opens
// nothing, or with one that the keeper reads out; as a file or as a series of QR codes, which the other phone sends. The server knows every record by its id, so it does not matter which
// phone is sooner.
import { instantText } from '@shared/base/time';
import { fromBase64, toBase64 } from '@shared/credential/base45';
import { WordedFault } from '@shared/ui/fault';
import type { OfflineRecord } from './contract';
import { carry, markHanded, waiting } from './queue';
import { partsOf } from './series';

type Octets = Uint8Array<ArrayBuffer>;

const format = 'firstline-queue-2';
interface QueueFile {
  format: string;
  locked: string; // base64: salt, initial vector, AES-GCM over the deflated JSON of Inside.
}
interface Inside {
  carried_for: string;
  sent_at: string;
  records: OfflineRecord[];
}
// No letters that look or sound alike.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const codeLength = 8;
const seriesLength = 4;
const rounds = 310_000;
const saltLength = 16;
const ivLength = 12;
const insideMax = 16 * 1024 * 1024; // More than any phone records in a day; what unpacks to more is no queue.

// Records say much the same over and over.
async function through(octets: Octets, change: CompressionStream | DecompressionStream): Promise<Octets> {
  const stream = new Blob([octets]).stream().pipeThrough(change);
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    length += next.value.length;
    if (length > insideMax) throw new WordedFault('handed.not_ours');
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

async function keyFrom(code: string, salt: Octets): Promise<CryptoKey> {
  const words = new TextEncoder().encode(code);
  const material = await crypto.subtle.importKey('raw', words, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
}
export const codeIn = (typed: string): string => typed.trim().toUpperCase();
export function newCode(length = codeLength): string {
  const codes: string[] = [];
  while (codes.length < length) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte! < letters.length * 8) codes.push(letters[byte! % letters.length]!); // 8 × 31 = 248: no letter likelier.
  }
  return codes.join('');
}

export interface HandedQueue {
  name: string;
  text: string; // Of the file.
  parts: string[]; // Of the series; empty if it is too much to be shown.
  code: string; // To be read out; empty if the other phone made it.
  count: number;
}
export async function lockQueue(deviceId: string, theirs = ''): Promise<HandedQueue> {
  const records = await waiting(Infinity);
  const inside: Inside = { carried_for: deviceId, sent_at: instantText(), records };
  const own = theirs ? '' : newCode();
  const salt = crypto.getRandomValues(new Uint8Array(saltLength));
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const json = new TextEncoder().encode(JSON.stringify(inside));
  const plain = await through(json, new CompressionStream('deflate'));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    await keyFrom(own || codeIn(theirs), salt),
    plain,
  );
  const locked = Uint8Array.from([...salt, ...iv, ...new Uint8Array(data)]);
  const file: QueueFile = { format, locked: toBase64(locked) };
  const stamp = instantText().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  return {
    name: `firstline-${stamp}.json`,
    text: JSON.stringify(file),
    parts: partsOf(locked, newCode(seriesLength)),
    code: own,
    count: records.length,
  };
}
// The other phone has it, says the keeper.
export async function handed(): Promise<void> {
  await markHanded((await waiting(Infinity)).map((each) => each.id));
}

// What a file holds, still locked.
export function lockedIn(text: string): Octets {
  try {
    const file = JSON.parse(text) as QueueFile;
    if (file.format === format) return fromBase64(file.locked);
  } catch {
    // Said below.
  }
  throw new WordedFault('handed.not_ours');
}
// How many records this phone carries now for the other one; those that it had already are not taken twice.
export async function takeOver(locked: Octets, code: string): Promise<number> {
  const salt = locked.slice(0, saltLength);
  const iv = locked.slice(saltLength, saltLength + ivLength);
  const data = locked.slice(saltLength + ivLength);
  let plain: Octets;
  try {
    const key = await keyFrom(codeIn(code), salt);
    plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data));
  } catch {
    throw new WordedFault('handed.wrong_code');
  }
  const json = await through(plain, new DecompressionStream('deflate'));
  const inside = JSON.parse(new TextDecoder().decode(json)) as Inside;
  await carry(inside.carried_for, inside.records);
  return inside.records.length;
}
