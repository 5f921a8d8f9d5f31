// The shift: which way people walk, what the keeper saw, what the server said about it, and what can be done about that.
// Decides nothing about people; an emergency is shown as open before the server knows of it.
import { computed, reactive, readonly } from 'vue';
import { command, commandNow, get, Problem, type Retry } from '@shared/api/client';
import type {
  Colour,
  Direction,
  EmergencyAnswer,
  EmergencyKind,
  Mask,
  OverrideReason,
  Passage,
  PassageAnswer,
  PassageCommand,
  Shift,
} from '@shared/api/types';
import { instantText } from '@shared/base/time';
import { uuid7 } from '@shared/base/uuid7';
import { auth, forgetSession } from '@shared/auth/session';
import { compareOf, type Compare } from './compare';
import { checkOffline, forgetPassed, localPassage } from './offline/decide';
import { endOfShift, keepPackFresh, kickSync, onSettled } from './offline';
import { byKeeper, lostAnswer, mayHoldBack, onlineOrLater } from './offline/later';
import { keepShift, recallShift } from './offline/memory';
import { network, onReachable } from './offline/network';
import { pack } from './offline/pack';
import { enqueue } from './offline/queue';
import { confirmPlace, gatePath, noticeShutOut, place } from './place';

export interface Observation {
  temperature_tenths?: number;
  mask?: Mask;
  colour_seen?: Colour;
  leaves_district?: boolean; // They said so, where the rules ask.
  nat_seen_hours?: number; // Visitors: what their phone says.
}
export interface Shown {
  kind: 'passage' | 'arrival' | 'emergency';
  shownAt: number;
  direction: Direction;
  items: Passage[];
  again?: PassageCommand; // What to ask again with more seen.
  overridden: string[]; // passage_id
  undone: string[];
  undoUntilMs: number; // On this phone's clock.
  emergency?: { kind: EmergencyKind; report: 'sending' | 'waiting' | 'sent' | 'refused' };
  offline?: { packMadeAtMs: number }; // Decided by this phone, on a roster of that moment.
  compare?: Compare; // What the keeper looks at: no phone vouches for the code.
  commandId?: string; // Under which it was sent; what follows names it if the server has given no number yet.
}
interface Duty {
  onDuty: boolean;
  direction: Direction;
  seen: Observation;
  shown: Shown | null;
  busy: boolean;
  fault: unknown;
  shift: Shift | null;
}
const state = reactive<Duty>({
  onDuty: false,
  direction: 'in',
  seen: {},
  shown: null,
  busy: false,
  fault: null,
  shift: null,
});
export const duty = readonly(state);
export const ownPassages = new Set<string>();

export function setDirection(direction: Direction): void {
  state.direction = direction;
}
export function see(seen: Observation): void {
  state.seen = { ...state.seen, ...seen };
}
export const somethingSeen = computed(() => Object.values(state.seen).some((value) => value !== undefined));

export function show(shown: Shown): void {
  state.shown = shown;
  state.fault = null;
}
export function closeShown(): void {
  state.shown = null;
}
export function clearFault(): void {
  state.fault = null;
}

// The session has run out, or the office took the phone away: the shift stays open at the server, and goes on after
// signing in again.
function noticeUnknown(fault: unknown): void {
  if (!(fault instanceof Problem) || fault.status !== 401) return;
  leaveDuty();
  forgetSession();
  noticeShutOut(fault);
}

// Runs one thing at a time; what goes wrong is kept for the screen.
async function once<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
  if (state.busy) return null;
  state.busy = true;
  state.fault = null;
  try {
    return await work();
  } catch (fault) {
    state.fault = fault;
    noticeUnknown(fault);
    return null;
  } finally {
    state.busy = false;
  }
}

type Who = Omit<PassageCommand, 'direction' | keyof Observation>;
export async function present(who: Who): Promise<Shown | null> {
  return ask({ ...who, direction: state.direction, ...state.seen });
}
// The same people with more seen. Their code has run out by now, perhaps; who they are is known.
export async function askAgain(seen: Observation): Promise<Shown | null> {
  const before = state.shown?.again;
  if (!before) return null;
  const known = (state.shown?.items ?? []).map((item) => item.person_id ?? '').filter(Boolean);
  const asked: PassageCommand = { ...before, ...seen };
  if (asked.token && known.length) {
    delete asked.token;
    asked.person_ids = known;
    asked.recognised_by = known.length > 1 ? 'family' : 'room_pick';
  }
  return ask(asked);
}

// How long a check may wait for the server before this phone decides by itself.
const online: Retry = { attempts: 1, wait: () => Promise.resolve(), timeoutMs: 4000 };

async function ask(asked: PassageCommand): Promise<Shown | null> {
  return once(async () => {
    const id = uuid7();
    const atMs = Date.now();
    const shown = (await askServer(asked, id, atMs)) ?? (await askPhone(asked, id, atMs));
    const compare = await compareOf(asked.token);
    if (compare) shown.compare = compare;
    state.seen = {};
    show(shown);
    void loadShift();
    return shown;
  });
}
// Nothing if the server was not reached, or has no time, and this phone can decide.
async function askServer(asked: PassageCommand, id: string, atMs: number): Promise<Shown | null> {
  if (!network.reachable && pack.held) return null;
  try {
    const body = { id, at: instantText(atMs), ...asked };
    const answer = await command<PassageAnswer>(gatePath('/passages'), body, pack.held ? online : undefined);
    answer.items.forEach((item) => ownPassages.add(item.passage_id));
    return shownOf(asked, answer.items, id, undoUntil(answer));
  } catch (fault) {
    if (lostAnswer(fault) && mayHoldBack()) return null;
    throw fault;
  }
}
async function askPhone(asked: PassageCommand, id: string, atMs: number): Promise<Shown> {
  const { items } = await checkOffline(asked, id, atMs, auth.session?.account_id);
  kickSync();
  const shown = shownOf(asked, items, id, atMs + 10_000);
  shown.offline = { packMadeAtMs: pack.madeAtMs };
  return shown;
}
const shownOf = (asked: PassageCommand, items: Passage[], commandId: string, undoUntilMs: number): Shown => ({
  kind: 'passage',
  shownAt: Date.now(),
  direction: asked.direction,
  items,
  again: asked,
  overridden: [],
  undone: [],
  undoUntilMs,
  commandId,
});
// Only the span is taken from the server: the phone's clock may be wrong.
function undoUntil(answer: PassageAnswer): number {
  const spans = answer.items.map((item) => Date.parse(item.undo_until) - Date.parse(answer.at));
  const span = Math.min(...spans.filter((each) => each > 0));
  return Number.isFinite(span) ? Date.now() + span : 0;
}

// The passage's number, or the command and line under which this phone knows it.
function named(passageId: string): { of: string; line: number } | undefined {
  const local = localPassage(passageId);
  if (local) return local;
  const line = state.shown?.items.findIndex((item) => item.passage_id === passageId) ?? -1;
  return state.shown?.commandId && line >= 0 ? { of: state.shown.commandId, line } : undefined;
}

export async function undo(passageId: string): Promise<void> {
  const name = named(passageId);
  const done = await once(() =>
    onlineOrLater(
      (id) => commandNow(gatePath(`/passages/${passageId}/undo`), { id }),
      (id) => enqueue('undo', { ...(name ?? { passage_id: passageId }) }, { id, more: byKeeper() }),
      !!localPassage(passageId),
    ),
  );
  if (done && state.shown) state.shown.undone.push(passageId);
  if (done) forgetPassed(passageId);
  void loadShift();
}

export async function override(passageId: string, reason: OverrideReason, note: string): Promise<boolean> {
  const name = named(passageId);
  const done = await once(() =>
    onlineOrLater(
      (id) =>
        commandNow<{ alarm_id: string }>(gatePath(`/passages/${passageId}/override`), { id, reason, note }),
      (id) =>
        enqueue(
          'override',
          { ...(name ?? { passage_id: passageId }), reason, note },
          { id, more: byKeeper() },
        ),
      !!localPassage(passageId),
    ),
  );
  if (done && state.shown) state.shown.overridden.push(passageId);
  void loadShift();
  return done !== null;
}

// The way is open at once. The report goes on being sent until the server has it, under the same id.
export function openForEmergency(kind: EmergencyKind, people: number): Shown {
  const shown: Shown = {
    kind: 'emergency',
    shownAt: Date.now(),
    direction: state.direction,
    items: [],
    overridden: [],
    undone: [],
    undoUntilMs: 0,
    emergency: { kind, report: 'sending' },
  };
  show(shown);
  const said = reactive(shown.emergency!);
  const report = { id: uuid7(), at: instantText(), kind, direction: state.direction, people };
  void sendEmergency(report, said);
  return shown;
}

type Report = { id: string; at: string; kind: EmergencyKind; direction: Direction; people: number };
type Said = NonNullable<Shown['emergency']>;
const quick: Retry = { attempts: 1, wait: () => Promise.resolve(), timeoutMs: 5000 };
async function sendEmergency(report: Report, said: Said): Promise<void> {
  try {
    const answer = await command<EmergencyAnswer>(gatePath('/emergencies'), report, quick);
    ownPassages.add(answer.passage_id);
    said.report = 'sent';
    void loadShift();
  } catch (fault) {
    if (!lostAnswer(fault))
      said.report = 'refused'; // Asking again would not help; the screen says to telephone.
    else if (!(await queueEmergency(report, said))) setTimeout(() => void sendEmergency(report, said), 3000);
  }
}
// On an enrolled phone the report survives whatever happens to the page; elsewhere this page goes on trying.
const waitingReports = new Map<string, Said>();
async function queueEmergency(report: Report, said: Said): Promise<boolean> {
  if (!mayHoldBack()) return false;
  try {
    await enqueue('emergency', report, { id: report.id, atMs: Date.parse(report.at), more: byKeeper() });
  } catch {
    return false;
  }
  waitingReports.set(report.id, said);
  said.report = 'waiting';
  kickSync();
  return true;
}
onSettled((results) => {
  for (const { record, result } of results) {
    const said = waitingReports.get(record.id);
    if (said) said.report = result.state === 'returned' ? 'refused' : 'sent';
    waitingReports.delete(record.id);
  }
  void loadShift();
});
// The server is back and may have forgotten who was remembered here.
onReachable((reachable) => {
  if (!reachable || !place.remembered) return;
  void confirmPlace().then(
    (session) => {
      if (!session) leaveDuty();
    },
    () => undefined,
  );
});

// A trip that was said here; filed again by the server's own rules when it hears of it.
export const fileTrip = (trip: Record<string, unknown>): Promise<unknown> => {
  const body = { at: instantText(), ...trip };
  return onlineOrLater(
    (id) => command(gatePath('/trips'), { id, ...body }),
    (id) => enqueue('trip', { id, ...body }, { id, more: byKeeper() }),
  );
};

export async function startShift(): Promise<boolean> {
  const kept = await recallShift();
  const accountId = auth.session?.account_id ?? '';
  const goesOn = kept?.accountId === accountId; // Begun before this page was opened anew.
  const shift = await once(() =>
    onlineOrLater<Shift>(
      (id) => commandNow<Shift>(gatePath('/shifts'), { id }),
      (id) => (goesOn ? Promise.resolve() : enqueue('shift_start', {}, { id, more: byKeeper() })),
    ),
  );
  if (!shift) return false;
  if (shift !== true) state.shift = shift;
  if (place.device && !goesOn) await keepShift({ accountId, startedAtMs: Date.now() });
  return true;
}
export function goOnDuty(): void {
  state.onDuty = true;
  if (place.device) void keepPackFresh(true);
}
export function leaveDuty(): void {
  state.onDuty = false;
  state.shift = null;
  state.shown = null;
}
export async function loadShift(): Promise<void> {
  if (!network.reachable) return;
  try {
    state.shift = await get<Shift>(gatePath('/shift'));
  } catch (fault) {
    // Otherwise the counters are old until the next answer.
    noticeUnknown(fault);
  }
}
export async function handOver(note: string): Promise<Shift | null> {
  const shift = await once(() => commandNow<Shift>(gatePath('/handovers'), { note }));
  if (shift) {
    leaveDuty();
    await endOfShift();
  }
  return shift;
}
