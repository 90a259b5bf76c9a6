import { Lane } from '../../../../services/core/wire/index.ts';
import type { Recipe } from './build-transit.ts';
import type { Defect } from './defects-frame.ts';

/** A frame of a channel, signed and sealed as that channel's frames are; its crossings are of that channel. */
function inChannel(scope: string, recipe: Recipe = {}): Recipe {
  const isDrill = scope.startsWith('drill-');
  return {
    crossing: (sound) => ({ ...sound, scope }),
    frameHeader: (sound) => ({ ...sound, scope }),
    ...(isDrill ? { frameProof: { key: 'th-drill' }, sealedTo: 'la-drill-sealing' } : {}),
    ...recipe,
  } as Recipe;
}

const EXERCISE: Recipe = { header: { drill: true }, envelopeProof: { key: 'th-drill' } };

const key = (what: string, recipe: Recipe): Defect => ({ what, code: 'TRUST_KEY_USE_WRONG', recipe });
const lost = (what: string, recipe: Recipe): Defect => ({ what, code: 'TRUST_UNSEALER_KEY_UNKNOWN', recipe });
const mixed = (what: string, recipe: Recipe): Defect => ({ what, code: 'ENVELOPE_DRILL_SCOPE_MISMATCH', recipe });
const scope = (what: string, recipe: Recipe): Defect => ({ what, code: 'ENVELOPE_SCOPE_MISMATCH', recipe });

/** Exercises and channels as they must be. */
export const SOUND_CHANNELS: Readonly<Record<string, { readonly what: string; readonly recipe: Recipe }>> = {
  'sound-exercise': { what: 'an exercise between the two offices of a pair, signed with a key for exercises', recipe: EXERCISE },
  'sound-channel': { what: 'a crossing in the channel of a joint operation', recipe: inChannel('op-naga-2026') },
  'sound-exercise-channel': { what: 'a crossing in the channel of an exercise: its frame, too, is signed and sealed with keys for exercises', recipe: inChannel('drill-naga-2026', EXERCISE) },
};

export const DRILL_DEFECTS: Readonly<Record<string, Defect>> = {
  'exercise-signed-with-real-key': key('an exercise is signed with the key for what is real', { header: { drill: true } }),
  'real-signed-with-exercise-key': key('what is real is signed with the key for exercises', { envelopeProof: { key: 'th-drill' } }),
  'exercise-frame-signed-with-real-key': key('the frame of an exercise is signed with the key for what is real', inChannel('drill-naga-2026', { ...EXERCISE, frameProof: {} })),
  'real-frame-signed-with-exercise-key': key('a frame of a real channel is signed with the key for exercises', inChannel('op-naga-2026', { frameProof: { key: 'th-drill' } })),
  'pair-frame-signed-with-exercise-key': key('the frame of a pair is signed with the key for exercises, though all in it is one', { ...EXERCISE, frameProof: { key: 'th-drill' } }),
  'receipt-signed-with-exercise-key': key('a receipt is signed with the key for exercises', { lane: Lane.RECEIPTS, receiptProof: { key: 'th-drill' } }),
  'exercise-frame-sealed-to-real-key': lost('the frame of an exercise is sealed to a key for what is real', inChannel('drill-naga-2026', { ...EXERCISE, sealedTo: 'la-sealing' })),
  'real-frame-sealed-to-exercise-key': lost('the frame of a pair is sealed to a key for exercises', { sealedTo: 'la-drill-sealing' }),
  'exercise-in-real-channel': mixed('an exercise in the channel of a real operation', inChannel('op-naga-2026', EXERCISE)),
  'real-in-exercise-channel': mixed('what is real in the channel of an exercise', inChannel('drill-naga-2026')),
  'receipt-in-channel': scope('a receipt in the channel of an operation', { lane: Lane.RECEIPTS, frameHeader: (sound) => ({ ...sound, scope: 'op-naga-2026' }) }),
  'status-in-channel': scope('the state of a link in the channel of an operation', { lane: Lane.STATUS, frameHeader: (sound) => ({ ...sound, scope: 'op-naga-2026' }) }),
  'message-on-lane-of-pieces': { what: 'an alert on the lane of pieces of files', code: 'ENVELOPE_LANE_MISMATCH', recipe: { lane: Lane.BULK } },
  'channel-id-long': scope("an operation's id of 41 characters", inChannel(`op-${'a'.repeat(41)}`)),
};
