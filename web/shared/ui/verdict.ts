// What a verdict looks and sounds like, from what the server answered. Pure; never holds a name.
import type { Outcome, Passage, Reason } from '@shared/api/types';

export type Tone = 'pass' | 'remind' | 'refuse' | 'hold';
export interface ReasonLine {
  clause: string;
  textKey: string;
  nextKey: string;
  params: Record<string, string | number>;
}
export interface VerdictView {
  outcome: Outcome;
  tone: Tone;
  signKey: string;
  outcomeKey: string;
  speechKey: string;
  vibration: number[];
  reasons: ReasonLine[];
}

const severity: Record<Outcome, number> = {
  pass: 0,
  pass_with_reminder: 1,
  register_first: 2,
  refuse: 3,
  hold: 4,
};
const tones: Record<Outcome, Tone> = {
  pass: 'pass',
  pass_with_reminder: 'remind',
  register_first: 'remind',
  refuse: 'refuse',
  hold: 'hold',
};
const vibrations: Record<Outcome, number[]> = {
  pass: [80],
  pass_with_reminder: [80, 80, 80],
  register_first: [200, 100, 200],
  refuse: [600],
  hold: [600, 200, 600],
};

export const isRefusal = (outcome: Outcome): boolean => severity[outcome] >= severity.register_first;

export function reasonLine(reason: Reason): ReasonLine {
  const params: Record<string, string | number> = {};
  if (reason.hours !== undefined) params.hours = reason.hours;
  if (reason.count !== undefined) params.count = reason.count;
  if (reason.tenths !== undefined) params.degrees = (reason.tenths / 10).toFixed(1);
  return {
    clause: reason.clause,
    textKey: `reason.${reason.reason}`,
    nextKey: `next.${reason.next}`,
    params,
  };
}

export function verdictView(outcome: Outcome, reasons: Reason[]): VerdictView {
  const emergency = reasons.some((reason) => reason.reason === 'emergency_exit');
  return {
    outcome,
    tone: tones[outcome],
    signKey: `sign.${outcome}`,
    outcomeKey: `outcome.${outcome}`,
    speechKey: emergency ? 'speech.emergency' : `speech.${outcome}`,
    vibration: vibrations[outcome],
    reasons: reasons.map(reasonLine),
  };
}

// A family: the worst first, the rest in the order given.
export function worstFirst(items: readonly Passage[]): Passage[] {
  return [...items].sort((left, right) => severity[right.outcome] - severity[left.outcome]);
}
export function worstOutcome(items: readonly Passage[]): Outcome {
  return worstFirst(items)[0]?.outcome ?? 'register_first';
}
