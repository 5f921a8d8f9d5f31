// A gate pack out of its signature: taken whole or not at all. Decides whether to believe it, not what it says.
import { fromBase64, Refused } from '@shared/credential/base45';
import { readPackStatement } from '@shared/credential/statement';
import { WordedFault } from '@shared/ui/fault';
import type { PackAnswer, SignedPack } from './contract';
import { listsHeld, renewTrust } from './lists';

// Two nodes of one server build their packs at different moments.
const olderMaxMs = 60_000;
export interface Opened {
  pack: PackAnswer;
  signed: boolean; // False: no root has signed any key of this city yet; only the connection vouches.
}

async function believed(answer: SignedPack, gate: string, nowMs: number): Promise<PackAnswer> {
  const lists = listsHeld();
  if (!lists) throw new Refused('LIST_ROOT_UNKNOWN');
  const octets = fromBase64(answer.signature);
  const statement = await readPackStatement(octets, answer.pack, gate, lists.trust, nowMs);
  const pack = JSON.parse(answer.pack) as PackAnswer;
  if (statement.version !== pack.version) throw new Refused('PACK_OTHER_VERSION');
  if (pack.division_code !== statement.issuer) throw new Refused('PACK_OTHER_ISSUER');
  // The statement's own time is the one that counts; the text may say less, never more.
  const expiresMs = Math.min(Date.parse(pack.expires_at), statement.notAfterMs);
  return { ...pack, expires_at: new Date(expiresMs).toISOString() };
}

// `notBeforeMs`: when the pack held was made; an older one is a copy of long ago.
export async function openPack(
  answer: SignedPack,
  gate: string,
  notBeforeMs: number,
  nowMs: number,
): Promise<Opened> {
  for (const renewed of [false, true]) {
    try {
      // A key that yesterday's list has not may stand on today's.
      if (renewed && !(await renewTrust(nowMs)) && !listsHeld())
        return { pack: JSON.parse(answer.pack) as PackAnswer, signed: false };
      const pack = await believed(answer, gate, nowMs);
      if (Date.parse(pack.made_at) < notBeforeMs - olderMaxMs) throw new Refused('PACK_REPLAYED');
      return { pack, signed: true };
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
    }
  }
  throw new WordedFault('offline.pack_bad');
}
