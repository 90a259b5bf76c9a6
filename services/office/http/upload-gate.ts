import type { FastifyReply, FastifyRequest } from 'fastify';
import { OfficeError } from '../errors.ts';
import type { Route } from './route.ts';

/** The media type of a file as it is: what it claims to be is of no account. */
export const FILE_TYPE = 'application/octet-stream';

/** So many files are read at a time: each is held in memory until it is sealed. */
const MOST_UPLOADS = 4;

/** Lets files in where they belong, and a few at a time. */
export interface UploadGate {
  /** Before the body is read. @throws OfficeError OFFICE_MEDIA_TYPE_UNKNOWN, OFFICE_RATE_EXCEEDED. */
  readonly admit: (route: Route, request: FastifyRequest, reply: FastifyReply) => void;
}

/** A gate that nobody has passed yet. */
export function uploadGate(): UploadGate {
  let open = 0;
  return {
    admit: ({ fileBytes }, request, reply) => {
      const isFile = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === FILE_TYPE;
      if (request.method === 'POST' && isFile !== (fileBytes !== undefined) && hasBody(request))
        throw new OfficeError('OFFICE_MEDIA_TYPE_UNKNOWN');
      if (fileBytes === undefined) return;
      if (open >= MOST_UPLOADS) throw new OfficeError('OFFICE_RATE_EXCEEDED');
      open++;
      reply.raw.once('close', () => {
        open--;
      });
    },
  };
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['content-type'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
