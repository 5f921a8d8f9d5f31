// The shift: which way people walk, what the keeper saw, what the server said about it, and what can be done about that.
// Decides nothing about people; an emergency is shown as open before the server knows of it.
import { computed, reactive, readonly } from 'vue';
import { command, commandNow, get, Problem } from '@shared/api/client';
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
import { forgetSession } from '@shared/auth/session';
import { gatePath, noticeShutOut } from './place';

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
  emergency?: { kind: EmergencyKind; report: 'sending' | 'sent' | 'refused' };
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

async function ask(asked: PassageCommand): Promise<Shown | null> {
  const answer = await once(() => commandNow<PassageAnswer>(gatePath('/passages'), { ...asked }));
  if (!answer) return null;
  answer.items.forEach((item) => ownPassages.add(item.passage_id));
  const shown: Shown = {
    kind: 'passage',
    shownAt: Date.now(),
    direction: asked.direction,
    items: answer.items,
    again: asked,
    overridden: [],
    undone: [],
    undoUntilMs: undoUntil(answer),
  };
  state.seen = {};
  show(shown);
  void loadShift();
  return shown;
}

// Only the span is taken from the server: the phone's clock may be wrong.
function undoUntil(answer: PassageAnswer): number {
  const spans = answer.items.map((item) => Date.parse(item.undo_until) - Date.parse(answer.at));
  const span = Math.min(...spans.filter((each) => each > 0));
  return Number.isFinite(span) ? Date.now() + span : 0;
}

export async function undo(passageId: string): Promise<void> {
  const done = await once(() => commandNow(gatePath(`/passages/${passageId}/undo`)));
  if (done && state.shown) state.shown.undone.push(passageId);
  void loadShift();
}

export async function override(passageId: string, reason: OverrideReason, note: string): Promise<boolean> {
  const done = await once(() =>
    commandNow<{ alarm_id: string }>(gatePath(`/passages/${passageId}/override`), { reason, note }),
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
  const send = async () => {
    try {
      const answer = await command<EmergencyAnswer>(gatePath('/emergencies'), report);
      ownPassages.add(answer.passage_id);
      said.report = 'sent';
      void loadShift();
    } catch (fault) {
      const lost =
        !(fault instanceof Problem) || fault.status === 0 || fault.status === 429 || fault.status >= 500;
      if (lost) setTimeout(() => void send(), 3000);
      else said.report = 'refused'; // Asking again would not help; the screen says to telephone.
    }
  };
  void send();
  return shown;
}

export async function startShift(): Promise<boolean> {
  const shift = await once(() => commandNow<Shift>(gatePath('/shifts')));
  if (shift) state.shift = shift;
  return shift !== null;
}
export function goOnDuty(): void {
  state.onDuty = true;
}
export function leaveDuty(): void {
  state.onDuty = false;
  state.shift = null;
  state.shown = null;
}
export async function loadShift(): Promise<void> {
  try {
    state.shift = await get<Shift>(gatePath('/shift'));
  } catch (fault) {
    // Otherwise the counters are old until the next answer.
    noticeUnknown(fault);
  }
}
export async function handOver(note: string): Promise<Shift | null> {
  const shift = await once(() => commandNow<Shift>(gatePath('/handovers'), { note }));
  if (shift) leaveDuty();
  return shift;
}
