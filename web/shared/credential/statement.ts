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
const shape = () => new Refused('LIST_SHAPE');
const packFormat = 3;
const members = 7;
const statementOctetsMax = 1024;

const timeOf = (found: Cbor | undefined): number => {
  if (typeof found !== 'number' || found < 0 || found > 0xffffffff) throw shape();
  return found * 1000;
};
const textOf = (found: Cbor | undefined): string => {
  if (typeof found !== 'string' || found === '') throw shape();
  return found;
};

// Mirrors src/credential/pack_statement.cpp, with the same reasons: LIST_ROOT_UNKNOWN (its key), LIST_SIGNATURE, LIST_SHAPE,
// PACK_OTHER_TEXT, PACK_OTHER_GATE, PACK_TOO_OLD, and what COSE and CBOR refuse. Throws Refused.
export async function readPackStatement(
  octets: Octets,
  text: string,
  gate: string,
  trust: TrustList,
  nowMs: number,
): Promise<PackStatement> {
  const message = readCose(readCbor(octets, statementOctetsMax));
  const key = trust.keys.get(hexOf(message.keyId));
  if (!key || key.withdrawn) throw new Refused('LIST_ROOT_UNKNOWN');
  if (!(await verifySignature(key.key, message.signed, message.signature)))
    throw new Refused('LIST_SIGNATURE');
  const map = readCbor(message.payload, statementOctetsMax);
  if (!(map instanceof Map) || map.size !== members || map.get(1) !== packFormat) throw shape();
  const statement: PackStatement = {
    version: textOf(map.get(2)),
    issuedAtMs: timeOf(map.get(3)),
    notAfterMs: timeOf(map.get(4)),
    issuer: textOf(map.get(5)),
    gate: textOf(map.get(6)),
  };
  const digest = map.get(7);
  if (statement.issuer !== key.issuer || !(digest instanceof Uint8Array) || digest.length !== 32)
    throw shape();
  const own = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  if (hexOf(digest) !== hexOf(own)) throw new Refused('PACK_OTHER_TEXT');
  if (statement.gate !== gate) throw new Refused('PACK_OTHER_GATE');
  if (nowMs > statement.notAfterMs) throw new Refused('PACK_TOO_OLD');
  return statement;
}
