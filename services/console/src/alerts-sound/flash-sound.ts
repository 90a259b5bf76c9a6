import { signal } from '@preact/signals';

const STORED = 'liaison.sound';
const on = signal(localStorage.getItem(STORED) !== 'off');

/** Whether this device plays a sound for flash messages; it does until somebody turns it off. */
export function soundOn(): boolean {
  return on.value;
}

/** Turns the sound of this device on or off and keeps the choice. */
export function chooseSound(next: boolean): void {
  localStorage.setItem(STORED, next ? 'on' : 'off');
  on.value = next;
}

/** Two tones in turn, three times: unlike a telephone, and heard across a room. */
const TONES = [880, 660, 880, 660, 880, 660];
const TONE_S = 0.18;
const LOUDNESS = 0.25;

let context: AudioContext | undefined;

/** Plays it once, whatever the setting is. A browser that lets no page sound before a press stays silent. */
export function playFlashSound(): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  const { currentTime } = context;
  void context.resume().catch(() => undefined);
  const gain = context.createGain();
  gain.connect(context.destination);
  for (const [index, frequency] of TONES.entries()) {
    const starts = currentTime + index * TONE_S;
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    // A tone that begins at full loudness clicks.
    gain.gain.setValueAtTime(0, starts);
    gain.gain.linearRampToValueAtTime(LOUDNESS, starts + 0.02);
    gain.gain.setValueAtTime(LOUDNESS, starts + TONE_S - 0.04);
    gain.gain.linearRampToValueAtTime(0, starts + TONE_S - 0.01);
    tone.start(starts);
    tone.stop(starts + TONE_S);
  }
}
