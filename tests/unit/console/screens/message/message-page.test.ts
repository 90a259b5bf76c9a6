import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { evidenceName, isSafeName } from '../../../../../services/console/src/screens/message/evidence-name.ts';
import { evidenceZip } from '../../../../../services/console/src/screens/message/evidence-zip.ts';
import { decisionKey, sentencesOf } from '../../../../../services/console/src/screens/message/explained.ts';
import { mustTell } from '../../../../../services/console/src/screens/message/must-tell.ts';
import { possibleActions } from '../../../../../services/console/src/screens/message/possible-actions.ts';
import { isAbout, mayReplace } from '../../../../../services/console/src/screens/message/touching-events.ts';

describe('isAbout, mayReplace', () => {
  const event = (type: string, facts: object) => ({ type, facts: { ...facts } });

  it('is what happens to the message itself', () => {
    expect(isAbout(event('retrieved', { envelopeId: 'e1' }), 'e1')).toBe(true);
    expect(isAbout(event('retrieved', { envelopeId: 'e2' }), 'e1')).toBe(false);
  });

  it('is what comes from its office and may take its place', () => {
    expect(mayReplace(event('delivered', { origin: 'a' }), 'a')).toBe(true);
    expect(mayReplace(event('delivered', { origin: 'b' }), 'a')).toBe(false);
    expect(mayReplace(event('receipt', { origin: 'a' }), 'a')).toBe(false);
  });
});

describe('mustTell', () => {
  const message = { direction: 'inbound', contentState: 'present', retrievals: [{ by: 'customs-desk' }] } as const;

  it('tells the sender of the first look of each officer', () => {
    expect(mustTell(message, 'border-desk', true)).toBe(true);
    expect(mustTell(message, 'customs-desk', true)).toBe(false);
  });

  it('tells nothing of those who may not say so, of own messages, and of what is not shown', () => {
    expect(mustTell(message, 'auditor', false)).toBe(false);
    expect(mustTell({ ...message, direction: 'outbound' }, 'border-desk', true)).toBe(false);
    expect(mustTell({ ...message, contentState: 'restricted' }, 'border-desk', true)).toBe(false);
    expect(mustTell({ ...message, recalled: {} }, 'border-desk', true)).toBe(false);
  });
});

describe('possibleActions', () => {
  const all = () => true;
  const message = {
    id: 'e1',
    origin: 'la-huay-xai',
    direction: 'inbound',
    kind: 'MESSAGE_KIND_ALERT',
    contentState: 'present',
  } as const;
  const keys = (more: object, may: (action: string) => boolean = all) =>
    possibleActions({ ...message, ...more }, may).map(({ key }) => key);

  it('asks about, passes on and asks for what its origin withheld', () => {
    expect(keys({ withheldParts: [{ by: 'la-huay-xai' }] })).toEqual([
      'message.do.ask',
      'message.do.passOn',
      'message.do.openParts',
    ]);
    expect(keys({ withheldParts: [{ by: 'th-chiang-khong' }] })).not.toContain('message.do.openParts');
  });

  it('answers a request first', () => {
    expect(possibleActions({ ...message, kind: 'MESSAGE_KIND_REQUEST' }, all)[0]).toEqual({
      key: 'message.do.answer',
      to: '/compose/answer?request=e1&origin=la-huay-xai',
    });
  });

  it('updates, cancels and recalls what this office said', () => {
    const own = { direction: 'outbound' };
    expect(keys(own)).toEqual(['message.do.update', 'message.do.cancel', 'message.do.recall']);
    expect(keys({ ...own, supersededBy: 'e2' })).toEqual(['message.do.recall']);
    expect(keys({ ...own, recalled: {} })).toEqual([]);
  });

  it('offers nothing that the person may not do', () => {
    expect(keys({}, () => false)).toEqual([]);
  });
});

describe('isSafeName', () => {
  it('takes names that stay inside the folder', () => {
    expect(isSafeName('trust/directory-th/document.jws.json')).toBe(true);
    for (const name of ['../x', '/etc/x', 'a/../b', 'a//b', '', 'a\\b', './a', 'a\u202eb']) {
      expect(isSafeName(name)).toBe(false);
    }
  });
});

describe('evidenceZip', () => {
  it('holds every byte of every file', async () => {
    const blob = evidenceZip([{ name: 'proto/a.proto', bytes: 'AAH/' }]);
    const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    expect(files).toEqual({ 'proto/a.proto': Uint8Array.from([0, 1, 255]) });
  });

  it('refuses a name that leads out of the folder', () => {
    expect(() => evidenceZip([{ name: '../a', bytes: '' }])).toThrow(TypeError);
  });
});

describe('evidenceName', () => {
  it('is a plain name of a file', () => {
    expect(evidenceName({ origin: 'la-huay-xai', id: '../x' })).toBe('evidence-la-huay-xai-.._x.zip');
  });
});

describe('sentencesOf', () => {
  it('has every sentence that is known, of decisions and of withheld kinds', () => {
    const policy = (name: string, reason: string | null) => ({ name, reason });
    const decision = {
      gate: 'export',
      step: 'decided',
      policies: [policy('a', 'A sentence.'), policy('b', null)],
      withheld: [{ policies: [policy('c', 'Another.')] }],
    };
    expect([...sentencesOf([decision])]).toEqual([
      ['a', 'A sentence.'],
      ['c', 'Another.'],
    ]);
  });
});

describe('decisionKey', () => {
  it('tells the gates and their occasions apart', () => {
    expect(decisionKey({ gate: 'export', step: 'passed-on' })).toBe('explain.export.passedOn');
    expect(decisionKey({ gate: 'import', step: 'held' })).toBe('explain.import.held');
    expect(decisionKey({ gate: 'exporter', step: 'decided' })).toBe('explain.exporter');
  });
});
