// Sound and vibration of a verdict. Says only the fixed words of speech.*: never a name, never a reason. Where the browser
// has no voice for the language, two tone patterns stand in.
import type { Outcome } from '@shared/api/types';
import { recall, remember } from '@shared/base/remember';
import { play, say, type Tones } from '@shared/ui/sound';
import { ref } from 'vue';

export { unlockSound } from '@shared/ui/sound';

export const muted = ref(recall('gate.muted') === 'on');
export function setMuted(on: boolean): void {
  muted.value = on;
  remember('gate.muted', on ? 'on' : null);
  if (on && 'speechSynthesis' in window) window.speechSynthesis.cancel();
}

export interface Utterance {
  text: string;
  language: string;
  outcome: Outcome;
  vibration: number[];
}

export function announce(utterance: Utterance): void {
  navigator.vibrate?.(utterance.vibration);
  if (muted.value) return;
  if (!say(utterance.text, utterance.language)) play(patterns[utterance.outcome]);
}

// Hertz and seconds: rising is go, twice the same is look, falling is stop.
const patterns: Record<Outcome, Tones> = {
  pass: [
    [660, 0.12],
    [990, 0.2],
  ],
  pass_with_reminder: [
    [660, 0.12],
    [990, 0.2],
    [990, 0.12],
  ],
  register_first: [
    [520, 0.18],
    [520, 0.18],
  ],
  refuse: [
    [330, 0.25],
    [220, 0.45],
  ],
  hold: [
    [330, 0.25],
    [220, 0.35],
    [330, 0.25],
    [220, 0.45],
  ],
};
