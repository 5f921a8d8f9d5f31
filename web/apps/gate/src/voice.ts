// Sound and vibration of a verdict. Says only the fixed words of speech.*: never a name, never a reason. Where the browser
// has no voice for the language, two tone patterns stand in.
import type { Outcome } from '@shared/api/types';
import { recall, remember } from '@shared/base/remember';
import { ref } from 'vue';

export const muted = ref(recall('gate.muted') === 'on');
export function setMuted(on: boolean): void {
  muted.value = on;
  remember('gate.muted', on ? 'on' : null);
  if (on && 'speechSynthesis' in window) window.speechSynthesis.cancel();
}

let audio: AudioContext | undefined;
// Browsers let a page sound only after a tap: called from the tap that starts the duty.
export function unlockSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
    if ('speechSynthesis' in window) window.speechSynthesis.getVoices();
  } catch {
    // A phone without sound is still a phone on duty.
  }
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
  if (!speak(utterance)) beep(utterance.outcome);
}

function speak({ text, language }: Utterance): boolean {
  if (!('speechSynthesis' in window)) return false;
  const wanted = language.slice(0, 2);
  const voice = window.speechSynthesis.getVoices().find((each) => each.lang.startsWith(wanted));
  if (!voice) return false;
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = voice.lang;
  speech.voice = voice;
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(speech);
  return true;
}

// Hertz and seconds: rising is go, twice the same is look, falling is stop.
const patterns: Record<Outcome, [number, number][]> = {
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

function beep(outcome: Outcome): void {
  if (!audio) return;
  let at = audio.currentTime;
  for (const [frequency, seconds] of patterns[outcome]) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.25, at);
    loudness.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + 0.05;
  }
}
