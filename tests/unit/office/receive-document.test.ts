import { describe, expect, it } from 'vitest';
import { DocumentKind } from '../../../services/core/wire/index.ts';
import { receiveDocument } from '../../../services/office/documents/receive-document.ts';

function keeper() {
  const received: string[] = [];
  return { received, trust: { receive: async (kind: string) => void received.push(kind) } };
}

describe('receiveDocument', () => {
  it.each([
    [DocumentKind.DIRECTORY, 'directory'],
    [DocumentKind.AGREEMENT, 'agreement'],
    [DocumentKind.CHARTER, 'charter'],
  ])('hands a document of kind %i on as %s', async (kind, word) => {
    const { trust, received } = keeper();
    await receiveDocument(trust, kind, new Uint8Array());
    expect(received).toEqual([word]);
  });

  it.each([DocumentKind.POLICY_BUNDLE, DocumentKind.UNSPECIFIED])(
    'takes none of kind %i from a neighbour',
    async (kind) => {
      const { trust, received } = keeper();
      await expect(receiveDocument(trust, kind, new Uint8Array())).rejects.toMatchObject({
        code: 'OFFICE_DOCUMENT_MISPLACED',
      });
      expect(received).toEqual([]);
    },
  );
});
