import { isLiaisonError } from '../../foundation/index.ts';
import {
  type HubReply,
  type HubRequest,
  hubReplyCodec,
  hubRequestCodec,
  type Init,
  WireError,
} from '../../wire/index.ts';
import { RegionError } from './errors.ts';
import type { RegionFindings } from './findings.ts';
import type { RegionSettings } from './settings.ts';
import type { HubPort } from './types.ts';

/** Why a hub gave no answer that helps. */
export type NoAnswer = { readonly answered: false; readonly refused: boolean; readonly code: string };

/** A hub's answer, decoded and nothing more. */
export type HubAnswered = { readonly answered: true; readonly reply: HubReply };

/** One hub, asked. */
export interface HubAsked {
  /** `waitMs` beyond what an answer takes anyway; never throws for what the hub or the line does. */
  readonly ask: (request: Init<HubRequest>, waitMs?: number) => Promise<HubAnswered | NoAnswer>;
  readonly heardMs: () => number | null;
}

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** What a hub says is the reason, where it has the form of a code: whoever is at the far end writes what he likes. */
export function reasonOf(text: string): string {
  return CODE.test(text) ? text : 'UNREADABLE';
}

/** What a rejection of a port is called. */
export function codeOf(cause: unknown): string {
  if (!isLiaisonError(cause)) throw cause;
  const refused = cause.context['refused'];
  return typeof refused === 'string' ? reasonOf(refused) : cause.code;
}

function decode(bytes: Uint8Array): HubReply {
  try {
    return hubReplyCodec.decode(bytes);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new RegionError('REGION_REPLY_INVALID', { context: { fault: 'encoding' }, cause });
  }
}

/** The way to ask that hub; what it fails at stands among the findings. */
export function hubAsked(
  port: HubPort,
  settings: RegionSettings,
  findings: RegionFindings,
  now: () => number,
): HubAsked {
  const { hub } = port;
  let heardMs: number | null = null;
  return {
    heardMs: () => heardMs,
    ask: async (request, waitMs = 0) => {
      let bytes: Uint8Array;
      try {
        bytes = await port.request(hubRequestCodec.encode(request), (settings.answerMs + waitMs) as never);
      } catch (cause) {
        const code = codeOf(cause);
        findings.found({ code: 'REGION_HUB_SILENT', hub, office: null, detail: '' });
        return { answered: false, refused: false, code };
      }
      findings.over({ code: 'REGION_HUB_SILENT', hub, office: null });
      try {
        const reply = decode(bytes);
        heardMs = now();
        findings.over({ code: 'REGION_HUB_REPLY_INVALID', hub, office: null });
        if (reply.refused === '') return { answered: true, reply };
        return { answered: false, refused: true, code: reasonOf(reply.refused) };
      } catch (cause) {
        const code = codeOf(cause);
        findings.found({ code: 'REGION_HUB_REPLY_INVALID', hub, office: null, detail: '' });
        return { answered: false, refused: false, code };
      }
    },
  };
}
