// What the signature of a gate pack is over: which text, of which gate and community, made when and good until. The pack
// itself is a text beside it; whether the two belong together is asked here, what the text means is not.
import { Refused } from './base45';
import { readCbor, type Cbor } from './cbor';
import { readCose, verifySignature } from './cose';
import { hexOf, type TrustList } from './lists';

type Octets = Uint8Array<ArrayBuffer>;

export interface PackStatement {
  version: string;
  issuedAtMs: number;
  notAfterMs: number;
  issuer: string; // 12-digit division code of the community.
  gate: string;
}
const packFormat = 3;
const members = 7;
const statementOctetsMax = 1024;

const timeOf = (found: Cbor | undefined): number => {
  if (typeof found !== 'number' || found < 0 || found > 0xffffffff) throw new Refused('PACK_SHAPE');
  return found * 1000;
};
const textOf = (found: Cbor | undefined): string => {
  if (typeof found !== 'string' || found === '') throw new Refused('PACK_SHAPE');
  return found;
};

// Throws Refused: PACK_SHAPE, PACK_KEY_UNKNOWN, PACK_SIGNATURE, PACK_OTHER_ISSUER, PACK_OTHER_TEXT, PACK_TOO_OLD, and what
// COSE and CBOR refuse.
export async function readPackStatement(
  octets: Octets,
  text: string,
  trust: TrustList,
  nowMs: number,
): Promise<PackStatement> {
  const message = readCose(readCbor(octets, statementOctetsMax));
  const key = trust.keys.get(hexOf(message.keyId));
  if (!key || key.withdrawn) throw new Refused('PACK_KEY_UNKNOWN');
  if (!(await verifySignature(key.key, message.signed, message.signature)))
    throw new Refused('PACK_SIGNATURE');
  const map = readCbor(message.payload, statementOctetsMax);
  if (!(map instanceof Map) || map.size !== members || map.get(1) !== packFormat)
    throw new Refused('PACK_SHAPE');
  const statement: PackStatement = {
    version: textOf(map.get(2)),
    issuedAtMs: timeOf(map.get(3)),
    notAfterMs: timeOf(map.get(4)),
    issuer: textOf(map.get(5)),
    gate: textOf(map.get(6)),
  };
  if (statement.issuer !== key.issuer) throw new Refused('PACK_OTHER_ISSUER');
  const digest = map.get(7);
  const own = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  if (!(digest instanceof Uint8Array) || hexOf(digest) !== hexOf(own)) throw new Refused('PACK_OTHER_TEXT');
  if (nowMs > statement.notAfterMs) throw new Refused('PACK_TOO_OLD');
  return statement;
}
