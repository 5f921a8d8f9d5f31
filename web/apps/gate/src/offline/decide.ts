// A check without a server: who it is by the gate pack, what the rules say, and the record that the server will judge again.
import rulesAddress from '@shared/rules/rules.wasm?url';
import type { Passage, PassageCommand, Reason } from '@shared/api/types';
import { dayText, instantText } from '@shared/base/time';
import { loadRules, type Checked, type Moment, type Rules, type Stands } from '@shared/rules/rules';
import { WordedFault } from '@shared/ui/fault';
import type { Decided } from './contract';
import { serverNowMs } from './network';
import {
  findByIdNumber,
  findPerson,
  findVisit,
  findVisitByToken,
  pack,
  packDivision,
  packGood,
  policyAt,
  type Found,
} from './pack';
import { enqueue, NotKept, outingsOf, type Outing } from './queue';

let rules: Promise<Rules> | undefined;
export const loadRulesOnce = (): Promise<Rules> =>
  (rules ??= loadRules(fetch(rulesAddress)).catch((fault: unknown) => {
    rules = undefined;
    throw fault;
  }));

// Somebody at the gate, as far as this phone knows them.
interface Someone {
  personId?: string;
  visitId?: string;
  household?: string;
  name: string;
  where: string;
  stands: Stands;
}
// More than one person answers to the number: the keeper says who.
export class WhoOfThese extends Error {
  constructor(readonly people: Found[]) {
    super('several people');
  }
}

// Tests that certificates proved at this gate; each counts until the pack says something else about its bearer.
const proved = new Map<string, { of: Stands; nat: object }>();
export const noteTest = (personId: string, of: Stands, nat: object) => void proved.set(personId, { of, nat });
function standsOfResident({ person_id, stands }: Found['person']): Stands {
  const test = proved.get(person_id);
  return test?.of === stands ? { ...stands, nat: test.nat } : stands;
}

const signedPrefix = 'FL1:'; // The rest of how to read them is fetched when one comes.
const residentOf = ({ person, home }: Found): Someone => ({
  personId: person.person_id,
  household: home.household_id,
  name: person.name_masked,
  where: home.label,
  stands: standsOfResident(person),
});
const stranger: Someone = { name: '', where: '', stands: { relation: 'unknown' } };

async function whoShows(code: string, nowMs: number): Promise<Someone> {
  const { readSignedCode, standsOf, standsWith } = await import('./codes');
  const claims = await readSignedCode(code, nowMs);
  const found = claims.person ? findPerson(claims.person) : undefined;
  if (found) return { ...residentOf(found), stands: standsWith(standsOfResident(found.person), claims) };
  return { name: claims.nameMasked, where: claims.unit, stands: standsOf(claims, packDivision()) };
}
async function whoIs(command: PassageCommand, nowMs: number): Promise<Someone[]> {
  if (command.person_ids?.length)
    return command.person_ids.map((id) => {
      const found = findPerson(id);
      return found ? residentOf(found) : { ...stranger, personId: id };
    });
  if (command.id_number) {
    const found = await findByIdNumber(command.id_number);
    if (found.length > 1) throw new WhoOfThese(found);
    return [found[0] ? residentOf(found[0]) : stranger];
  }
  if (command.token && command.token.startsWith(signedPrefix)) return [await whoShows(command.token, nowMs)];
  const visit = command.visit_id
    ? findVisit(command.visit_id)
    : command.token
      ? await findVisitByToken(command.token)
      : undefined;
  if (!visit) throw new WordedFault(command.visit_id ? 'offline.visit_unknown' : 'offline.code_unknown');
  return [
    { visitId: visit.visit_id, name: visit.name_masked, where: visit.household_label, stands: visit.stands },
  ];
}

// This phone's own outings of the home are added to what the server counted.
function standsNow({ stands, household }: Someone, day: string): Stands {
  const own = household ? outingsOf(household, day) : 0;
  if (!own) return stands;
  const counted = stands.outings as { day: string; count: number } | undefined;
  return { ...stands, outings: { day, count: (counted?.day === day ? counted.count : 0) + own } };
}

export const repeatedWithinMs = 30_000;
const passed = new Map<string, { atMs: number; passageId: string }>();
const goesThrough = (checked: Checked) =>
  checked.outcome === 'pass' || checked.outcome === 'pass_with_reminder';

export interface OfflineCheck {
  items: Passage[];
  commandId: string;
}
export async function checkOffline(
  command: PassageCommand,
  id: string,
  atMs: number,
  accountId: string | undefined,
): Promise<OfflineCheck> {
  const nowMs = serverNowMs(atMs);
  if (!packGood(nowMs)) throw new WordedFault(pack.held ? 'offline.pack_old' : 'offline.no_pack');
  const people = await whoIs(command, nowMs);
  const policy = policyAt(nowMs);
  const day = dayText(nowMs);
  const now = instantText(nowMs);
  const moment: Moment = momentOf(command);
  const engine = await loadRulesOnce();
  const checked = people.map((each) => engine.check(standsNow(each, day), moment, policy, now));

  const repeated = people.length === 1 ? repeatOf(people[0]!, command.direction, atMs) : undefined;
  const items = people.map((each, line) => itemOf(each, checked[line]!, id, line, atMs));
  if (repeated) {
    const first = { ...items[0]!, passage_id: repeated.passageId };
    return {
      items: [{ ...first, repeated_seconds: Math.floor((atMs - repeated.atMs) / 1000) }],
      commandId: id,
    };
  }
  const decided: Decided[] = checked.map((each, line) => ({
    ...(people[line]!.personId ? { person_id: people[line]!.personId } : {}),
    ...each,
    reasons: each.reasons as Decided['reasons'], // All of them are there; pages read them as if some were not.
    now,
  }));
  const ids = people.flatMap((each) => each.personId ?? []);
  // Who was matched is named; the number that was typed then stays on no disk.
  const body: Record<string, unknown> = { ...command, id, at: instantText(atMs) };
  if (ids.length) {
    delete body.id_number;
    delete body.token;
    body.person_ids = ids;
  }
  const visitId = people[0]?.visitId;
  if (visitId) {
    delete body.token;
    Object.assign(body, { visit_id: visitId, recognised_by: 'visit' });
  }
  const outings: Outing[] = people.flatMap((each, line) =>
    each.household && command.direction === 'out' && goesThrough(checked[line]!)
      ? [{ line, household: each.household, day }]
      : [],
  );
  await written(() =>
    enqueue('passage', body, {
      id,
      atMs,
      more: { decided, pack_version: pack.version, ...(accountId ? { account_id: accountId } : {}) },
      outings,
    }),
  );
  people.forEach((each, line) => {
    if (goesThrough(checked[line]!))
      passed.set(keyOf(each, command.direction), { atMs, passageId: items[line]!.passage_id });
  });
  return { items, commandId: id };
}

// The words for a record that could not be kept.
export async function written<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof NotKept) throw new WordedFault(`offline.not_kept_${fault.why}`);
    throw fault;
  }
}

const keyOf = (each: Someone, direction: string) =>
  `${direction} ${each.personId ?? each.visitId ?? each.name}`;
function repeatOf(each: Someone, direction: string, atMs: number) {
  const before = each.personId || each.visitId ? passed.get(keyOf(each, direction)) : undefined;
  return before && atMs - before.atMs < repeatedWithinMs && atMs >= before.atMs ? before : undefined;
}
export function forgetPassed(passageId: string): void {
  for (const [key, each] of passed) if (each.passageId === passageId) passed.delete(key);
}

function momentOf(command: PassageCommand): Moment {
  const { direction, temperature_tenths, mask, colour_seen, nat_seen_hours, leaves_district } = command;
  const given = { temperature_tenths, mask, colour_seen, nat_seen_hours, leaves_district };
  const known = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return { direction, ...Object.fromEntries(known) } as Moment;
}

const undoWithinMs = 10_000;
function itemOf(each: Someone, checked: Checked, id: string, line: number, atMs: number): Passage {
  return {
    passage_id: `${id}/${line}`,
    ...(each.personId ? { person_id: each.personId } : {}),
    ...(each.visitId ? { visit_id: each.visitId } : {}),
    name_masked: each.name,
    household_label: each.where,
    outcome: checked.outcome,
    reasons: checked.reasons as Reason[],
    policy_version: checked.policy_version,
    undo_until: instantText(atMs + undoWithinMs),
  };
}
// "ID/LINE" of a passage that this phone decided; nothing of one that the server gave a number.
export function localPassage(passageId: string): { of: string; line: number } | undefined {
  const [of, line] = passageId.split('/');
  return of && line !== undefined ? { of, line: Number(line) } : undefined;
}
