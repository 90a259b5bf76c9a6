import { describe, expect, it } from 'vitest';
import { type Flash, flashOf, foldFlashes } from '../../../../services/console/src/app/fold-flashes.ts';

const facts = {
  origin: 'la-huay-xai',
  envelopeId: 'e1',
  peer: 'la-huay-xai',
  lane: 'flash',
  drill: false,
  at: '2026-11-22T07:03:07Z',
};
const flash = (id: string, at: string, headline: string | null = null): Flash => ({
  origin: 'la-huay-xai',
  id,
  from: 'la-huay-xai',
  at,
  drill: false,
  headline,
  language: null,
});

describe('flashOf', () => {
  it('is the flash message that was delivered', () => {
    expect(flashOf('delivered', facts)).toEqual(flash('e1', facts.at));
    expect(flashOf('delivered', { ...facts, drill: true })?.drill).toBe(true);
  });

  it('is nothing for other events, lanes and broken facts', () => {
    expect(flashOf('received', facts)).toBeUndefined();
    expect(flashOf('delivered', { ...facts, lane: 'routine' })).toBeUndefined();
    expect(flashOf('delivered', { ...facts, origin: 1 })).toBeUndefined();
  });
});

describe('foldFlashes', () => {
  it('has each once, the newest first', () => {
    const folded = foldFlashes([flash('a', '1')], [flash('a', '1'), flash('b', '2')], new Set());
    expect(folded.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('keeps what is known of one that comes again, and takes what its line says', () => {
    const [known] = foldFlashes([flash('a', '1')], [flash('a', '1', 'A boat')], new Set());
    expect(known?.headline).toBe('A boat');
    expect(foldFlashes([known as Flash], [flash('a', '2')], new Set())[0]?.headline).toBe('A boat');
  });

  it('leaves out what was seen here', () => {
    expect(foldFlashes([], [flash('a', '1')], new Set(['a']))).toEqual([]);
  });
});
