// Health certificates (HC1) of an issuer that exists for one test: CBOR in COSE, deflated, in base 45.
import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

type Value = number | string | Buffer | Value[] | Map<number | string, Value> | { tag: number; value: Value };

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count]);
  if (count < 0x100) return Buffer.from([(major << 5) | 24, count]);
  if (count < 0x10000) return Buffer.from([(major << 5) | 25, count >> 8, count & 0xff]);
  const wide = Buffer.alloc(5);
  wide[0] = (major << 5) | 26;
  wide.writeUInt32BE(count, 1);
  return wide;
}
function cbor(value: Value): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap((pair) => pair.map((each) => cbor(each)))]);
  return Buffer.concat([head(6, value.tag), cbor(value.value)]);
}
const mapOf = (object: Record<string, Value>) => new Map<number | string, Value>(Object.entries(object));

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
function base45(octets: Buffer): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 2) {
    const pair = at + 1 < octets.length;
    let number = pair ? octets.readUInt16BE(at) : octets[at]!;
    for (let left = pair ? 3 : 2; left > 0; left -= 1, number = Math.floor(number / 45)) text += alphabet[number % 45];
  }
  return text;
}

export interface Holder {
  family: string;
  given: string;
  bornOn: string; // "1961-01-01"
}
export interface Issuer {
  certificate: string; // base64 of DER: a line of the list of signers.
  test: (holder: Holder, sampled: Date) => string; // A nucleic acid test, negative.
  vaccination: (holder: Holder) => string;
}
export function newIssuer(): Issuer {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-issuer-'));
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.der')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-subj', '/CN=Issuer for tests', '-days', '30'];
  const files = ['-keyout', keyFile, '-outform', 'DER', '-out', certificateFile];
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, ...files], { stdio: 'ignore' });
  const der = readFileSync(certificateFile);
  const key = createPrivateKey(readFileSync(keyFile));
  const keyId = createHash('sha256').update(der).digest().subarray(0, 8);

  const code = (holder: Holder, entries: Record<string, Value>): string => {
    const name = mapOf({ fn: holder.family, gn: holder.given });
    const health = mapOf({ ver: '1.3.0', nam: name, dob: holder.bornOn, ...entries });
    const now = Math.floor(Date.now() / 1000);
    const claims = new Map<number | string, Value>([
      [1, 'AT'],
      [4, now + 86_400],
      [6, now], // The issuer's own certificate is no older.
      [-260, new Map<number | string, Value>([[1, health]])],
    ]);
    const header = cbor(
      new Map<number | string, Value>([
        [1, -7],
        [4, keyId],
      ]),
    );
    const payload = cbor(claims);
    const signed = cbor(['Signature1', header, Buffer.alloc(0), payload]);
    const signature = sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' });
    const message = cbor({ tag: 18, value: [header, new Map(), payload, signature] });
    return `HC1:${base45(deflateSync(message))}`;
  };
  return {
    certificate: der.toString('base64'),
    test: (holder, sampled) =>
      code(holder, { t: [mapOf({ tt: 'LP6464-4', tr: '260415000', sc: sampled.toISOString().slice(0, 19) + 'Z' })] }),
    vaccination: (holder) => code(holder, { v: [mapOf({ dn: 2, sd: 2, dt: '2026-01-10' })] }),
  };
}
