// Records on their way by hand: a file, locked with a short code that the keeper reads out, which another phone of the gate
// takes and sends. The server knows every record by its id, so it does not matter which phone is sooner.
import { instantText } from '@shared/base/time';
import { WordedFault } from '@shared/ui/fault';
import type { OfflineRecord } from './contract';
import { carry, markHanded, waiting } from './queue';

const format = 'firstline-queue-1';
interface Locked {
  format: string;
  salt: string;
  iv: string;
  data: string;
}
interface Inside {
  carried_for: string;
  sent_at: string;
  records: OfflineRecord[];
}
// No letters that look or sound alike.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const codeLength = 8;
const rounds = 310_000;

const text64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytes64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

async function keyFrom(code: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const words = new TextEncoder().encode(code);
  const material = await crypto.subtle.importKey('raw', words, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
}
function newCode(): string {
  const codes: string[] = [];
  while (codes.length < codeLength) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte! < letters.length * 8) codes.push(letters[byte! % letters.length]!); // 8 × 31 = 248: no letter likelier.
  }
  return codes.join('');
}

export interface HandedFile {
  name: string;
  text: string;
  code: string;
  count: number;
}
export async function lockQueue(deviceId: string): Promise<HandedFile> {
  const records = await waiting(Infinity);
  const inside: Inside = { carried_for: deviceId, sent_at: instantText(), records };
  const code = newCode();
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(inside));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyFrom(code, salt), plain);
  const locked: Locked = { format, salt: text64(salt), iv: text64(iv), data: text64(new Uint8Array(data)) };
  const stamp = instantText().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  return { name: `firstline-${stamp}.json`, text: JSON.stringify(locked), code, count: records.length };
}
// The other phone has it, says the keeper.
export async function handed(): Promise<void> {
  await markHanded((await waiting(Infinity)).map((each) => each.id));
}

export async function takeOver(text: string, code: string): Promise<number> {
  let inside: Inside;
  try {
    const locked = JSON.parse(text) as Locked;
    if (locked.format !== format) throw new WordedFault('handed.not_ours');
    const key = await keyFrom(code.trim().toUpperCase(), bytes64(locked.salt));
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes64(locked.iv) },
      key,
      bytes64(locked.data),
    );
    inside = JSON.parse(new TextDecoder().decode(plain)) as Inside;
  } catch (fault) {
    if (fault instanceof WordedFault) throw fault;
    throw new WordedFault(fault instanceof SyntaxError ? 'handed.not_ours' : 'handed.wrong_code');
  }
  await carry(inside.carried_for, inside.records);
  return inside.records.length;
}
