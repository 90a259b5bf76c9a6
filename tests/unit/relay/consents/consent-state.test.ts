import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../../services/core/foundation/index.ts';
import { consentsOf } from '../../../../services/core/relay/index.ts';
import { DataCategory, MessageKind, Purpose } from '../../../../services/core/wire/index.ts';
import { LA, MM, TH } from '../../trust/fixtures.ts';

describe('consentsOf', () => {
  it('looks once for what was said about a message, however often a neighbour asks about it', () => {
    const terms = {
      consentRequest: {
        target: { origin: LA, id: 'message', digest: new Uint8Array(32) },
        recipient: MM,
        purpose: Purpose.INVESTIGATION,
        until: { seconds: 10, nanos: 0 },
        categories: [DataCategory.CORE],
      },
    };
    const requests = Array.from({ length: 200 }, (_, index) => ({
      kind: MessageKind.CONSENT_REQUEST,
      direction: 'inbound',
      deliveredMs: 1,
      origin: TH,
      id: `request-${index}`,
      terms,
    }));
    let looked = 0;
    const about = (): readonly unknown[] => {
      looked++;
      return requests;
    };
    const views = consentsOf({ about, ofKind: () => requests } as never, 1 as EpochMs);
    expect(views.map(({ state }) => state)).toEqual(requests.map(() => 'asked'));
    expect(looked).toBe(1);
  });
});
