// The two public lists that say whom to believe: issuers' keys, signed by the city's root, and revoked codes. Kept on the
// phone as they came and verified each time they are taken in. A root that was seen once is the only one believed.
import { get, Problem } from '@shared/api/client';
import { Refused } from '@shared/credential/base45';
import {
  readRevocations,
  readTrustList,
  type RevocationList,
  type TrustList,
} from '@shared/credential/lists';
import type { PackList } from './contract';
import { keep, recallKept } from './vault';

// What the server hands out; base64.
interface SignedFile {
  octets: string;
  root?: string;
}
interface ListsKept {
  root: string; // The first that this phone saw; another one is not believed.
  trust: string;
  revocations: string;
}
export interface Lists {
  trust: TrustList;
  revocations: RevocationList[];
}
let lists: Lists | null = null;
export const listsHeld = (): Lists | null => lists;

const octetsOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

async function take(kept: ListsKept, nowMs: number): Promise<void> {
  const trust = await readTrustList(octetsOf(kept.trust), octetsOf(kept.root), nowMs);
  const revocations = kept.revocations ? [await readRevocations(octetsOf(kept.revocations), trust)] : [];
  if (lists && trust.number < lists.trust.number) throw new Refused('LIST_OLDER');
  const [before] = lists?.revocations ?? [];
  const [now] = revocations;
  // A list that forgets what was revoked is worse than an old one.
  if (before && (!now || (now.issuer === before.issuer && now.number < before.number)))
    throw new Refused('LIST_OLDER');
  lists = { trust, revocations };
}
async function takeAndKeep(kept: ListsKept, nowMs: number): Promise<void> {
  await take(kept, nowMs);
  await keep('lists', kept);
}

// The lists that a pack names, where this phone has other numbers. A pack may name no trust list: no root has signed yet.
export async function renewListed(listed: readonly PackList[], nowMs: number): Promise<void> {
  const numbers = { trust: lists?.trust.number, revocations: lists?.revocations[0]?.number };
  const wanted = listed.filter((each) => each.number !== numbers[each.kind]);
  if (!wanted.length) return;
  const before = await recallKept<ListsKept>('lists');
  const kept: ListsKept = before ?? { root: '', trust: '', revocations: '' };
  for (const each of wanted) {
    const file = await get<SignedFile>(each.path);
    kept[each.kind] = file.octets;
    if (each.kind === 'trust') kept.root ||= file.root ?? '';
  }
  if (kept.trust) await takeAndKeep(kept, nowMs);
}
// False: this server's root has signed nothing yet.
export async function renewTrust(nowMs: number): Promise<boolean> {
  try {
    const file = await get<SignedFile>('/api/v1/trust-list');
    const before = await recallKept<ListsKept>('lists');
    const kept = { root: before?.root ?? file.root ?? '', revocations: before?.revocations ?? '' };
    await takeAndKeep({ ...kept, trust: file.octets }, nowMs);
    return true;
  } catch (fault) {
    if (fault instanceof Problem && fault.status === 404) return false;
    throw fault;
  }
}
export async function loadLists(nowMs: number): Promise<void> {
  const kept = await recallKept<ListsKept>('lists');
  if (kept && !lists) await take(kept, nowMs);
}
