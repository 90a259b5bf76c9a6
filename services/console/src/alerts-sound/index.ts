export { chooseSound, playFlashSound, soundOn } from './flash-sound.ts';
