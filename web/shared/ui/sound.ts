// Sounds and speech of a page. Browsers let a page sound only after a tap: unlockSound is called from one.

let audio: AudioContext | undefined;
export function unlockSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
    if ('speechSynthesis' in window) window.speechSynthesis.getVoices();
  } catch {
    // A phone without sound still shows everything.
  }
}

// False where the browser has no voice for the language.
export function say(text: string, language: string): boolean {
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

// Hertz and seconds of each tone.
export type Tones = readonly (readonly [number, number])[];
export function play(tones: Tones): void {
  if (!audio) return;
  let at = audio.currentTime;
  for (const [frequency, seconds] of tones) {
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
