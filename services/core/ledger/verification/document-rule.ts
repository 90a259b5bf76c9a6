import { toHex } from '../../foundation/index.ts';
import type { Rule } from './types.ts';

/** No directory, agreement or bundle ever went back in version, and no version stands for two texts. */
export function documentRule(): Rule {
  const newest = new Map<string, { readonly version: number; readonly digest: string }>();
  return ({ record: { documentInstalled }, find }) => {
    if (documentInstalled === null) return;
    const { kind, id, version } = documentInstalled;
    const key = `${kind}/${id}`;
    const digest = toHex(documentInstalled.digest);
    const known = newest.get(key);
    if (known !== undefined && version < known.version)
      find('LEDGER_DOCUMENT_ROLLBACK', { id, version, newest: known.version });
    else if (known !== undefined && version === known.version && digest !== known.digest)
      find('LEDGER_DOCUMENT_FORKED', { id, version });
    else newest.set(key, { version, digest });
  };
}
