// The gate pack: whom this gate knows, how they stand, and by which rules, as the server gave it last. Held in memory, kept
// sealed on the phone, brought up to date by differences, and gone when it is too old.
import { reactive, readonly } from 'vue';
import { get } from '@shared/api/client';
import type { PackAnswer, PackHome, PackPerson, PackVisit, SignedPack } from './contract';
import type { Opened } from './signed';
import { canSeal, forget, keep, recallKept, seal, unseal, type Sealed } from './vault';

export interface Found {
  person: PackPerson;
  home: PackHome;
}
interface Held extends PackAnswer {
  people: Map<string, Found>;
  tagKey: CryptoKey | undefined;
}
let held: Held | null = null;
// `served`: this server gives packs and takes records; known since the first pack, also when that is too old by now.
// `signed`: a key of the city's list vouches for it, not only the connection.
const state = reactive({
  held: false,
  served: false,
  signed: true,
  madeAtMs: 0,
  expiresAtMs: 0,
  version: '',
});
interface Kept {
  answer: PackAnswer;
  signed: boolean;
}
export const pack = readonly(state);

async function hold(answer: PackAnswer): Promise<void> {
  const people = new Map<string, Found>();
  for (const home of answer.homes)
    for (const person of home.people) people.set(person.person_id, { person, home });
  const tagKey = canSeal() ? await hmacKey(answer.tag_key) : undefined;
  held = { ...answer, people, tagKey };
  Object.assign(state, {
    held: true,
    madeAtMs: Date.parse(answer.made_at),
    expiresAtMs: Date.parse(answer.expires_at),
    version: answer.version,
  });
}

// What is held with a difference laid over it. A home or a visit comes whole; what was dropped must be forgotten.
export function merged(before: PackAnswer, answer: PackAnswer): PackAnswer {
  const gone = answer.dropped;
  const lost = new Set(gone.person_ids);
  const homes = new Map(before.homes.map((home) => [home.household_id, home]));
  for (const home of homes.values())
    if (home.people.some((each) => lost.has(each.person_id)))
      homes.set(home.household_id, {
        ...home,
        people: home.people.filter((each) => !lost.has(each.person_id)),
      });
  gone.household_ids.forEach((id) => homes.delete(id));
  answer.homes.forEach((home) => homes.set(home.household_id, home));
  const visits = new Map(before.visits.map((visit) => [visit.visit_id, visit]));
  gone.visit_ids.forEach((id) => visits.delete(id));
  answer.visits.forEach((visit) => visits.set(visit.visit_id, visit));
  return { ...answer, homes: [...homes.values()], visits: [...visits.values()] };
}

// Verified before anything of it is used.
async function fetched(gate: string, nowMs: number): Promise<Opened> {
  const path = `/api/v1/gates/${gate}/pack`;
  const answer = await get<SignedPack>(held ? `${path}?since=${encodeURIComponent(held.version)}` : path);
  const { openPack } = await import('./signed');
  return openPack(answer, gate, held ? state.madeAtMs : 0, nowMs);
}
export async function refreshPack(gate: string, nowMs: number): Promise<void> {
  const { pack: answer, signed } = await fetched(gate, nowMs);
  state.signed = signed;
  await take(answer);
  await (await import('./lists')).renewListed(answer.lists, nowMs);
}

async function take(answer: PackAnswer): Promise<void> {
  const isDelta = answer.since !== undefined;
  if (!state.served) {
    state.served = true;
    if (canSeal()) await keep('served', true);
  }
  if (isDelta && held?.version !== answer.since) return; // Two pages asked at once: the next time will do.
  if (isDelta && held?.version === answer.version) {
    Object.assign(held, { made_at: answer.made_at, expires_at: answer.expires_at });
    Object.assign(state, {
      madeAtMs: Date.parse(answer.made_at),
      expiresAtMs: Date.parse(answer.expires_at),
    });
    return;
  }
  await hold(isDelta && held ? merged(held, answer) : answer);
  if (canSeal())
    await keep('pack', await seal('key.pack', { answer: plain(held!), signed: state.signed } satisfies Kept));
}
// Without what is made from it.
const plain = (pack: Held): PackAnswer => {
  const { people, tagKey, ...answer } = pack;
  void people;
  void tagKey;
  return answer;
};

export async function loadPack(): Promise<void> {
  if (!canSeal() || held) return;
  state.served = (await recallKept<boolean>('served')) ?? false;
  const sealed = await recallKept<Sealed>('pack');
  const kept = sealed && (await unseal<Kept>('key.pack', sealed));
  if (kept?.answer && Date.parse(kept.answer.expires_at) > Date.now()) {
    state.signed = kept.signed;
    await hold(kept.answer);
  } else if (sealed) await forget('pack');
}
export async function dropPack(): Promise<void> {
  held = null;
  Object.assign(state, { held: false, madeAtMs: 0, expiresAtMs: 0, version: '' });
  await forget('pack', 'key.pack');
}

export const packGood = (nowMs: number): boolean => !!held && nowMs < state.expiresAtMs;
export function policyAt(nowMs: number): object {
  const next = held?.next_policy;
  return next && Date.parse(next.from) <= nowMs ? next.policy : (held?.policy ?? {});
}
export const findPerson = (id: string): Found | undefined => held?.people.get(id);
export const packDivision = (): string | undefined => held?.division_code;
// Whose health certificates count here; nobody's where the rules take none.
export const healthSigners = () => held?.health_signers ?? [];
export const packHomes = (): readonly PackHome[] => held?.homes ?? [];
export const packVisits = (): readonly PackVisit[] => held?.visits ?? [];
export const findVisit = (id: string): PackVisit | undefined =>
  held?.visits.find((each) => each.visit_id === id);

// A few people may answer to one number: the tag is short on purpose. The keeper compares the names.
export async function findByIdNumber(number: string): Promise<Found[]> {
  const tag = await tagOf(number.toUpperCase(), 1);
  const last4 = number.slice(-4).toUpperCase();
  return [...(held?.people.values() ?? [])].filter(
    ({ person }) => person.id_last4 === last4 && person.id_tag === tag,
  );
}
export async function findVisitByToken(token: string): Promise<PackVisit | undefined> {
  const tag = await tagOf(token, 8);
  return held?.visits.find((each) => each.token_tag === tag);
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hmacKey = (hex: string) =>
  crypto.subtle.importKey('raw', bytesOf(hex), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
async function tagOf(text: string, bytes: number): Promise<string> {
  if (!held?.tagKey) return '';
  const mac = await crypto.subtle.sign('HMAC', held.tagKey, new TextEncoder().encode(text));
  return [...new Uint8Array(mac, 0, bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
