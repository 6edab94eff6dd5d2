import type { IncomingMessage } from 'node:http';
import { mediaTypeOf } from '@cargoro/infra/files/media-type';
import { FileRefused } from '@cargoro/infra/files/port';
import { checkFor, purposes } from '@cargoro/infra/files/purposes';
import type { FastifyInstance } from 'fastify';
import type { FileDeps } from './routes.ts';

const statusOf = { TOO_LARGE: 413, TYPE_NOT_ALLOWED: 415, HASH_MISMATCH: 422, EMPTY: 400 } as const;

/** `PUT /files/uploads?link=…`: the link is the right to bring one file; nobody need be signed in. */
export const receiveFile = (app: FastifyInstance, { files, uploads, links }: FileDeps): void => {
  app.put<{ Querystring: { link?: string }; Body: IncomingMessage }>(
    '/files/uploads',
    { bodyLimit: purposes.document.maxBytes + 1 },
    async ({ query, body }, reply) => {
      const refuse = (status: number, code: string, message: string) =>
        // What is still on its way is not waited for.
        reply
          .code(status)
          .header('connection', 'close')
          .send({ errors: [{ message, extensions: { code } }] });
      const claims = links.verify(query.link ?? '', Date.now());
      if (!claims) return refuse(403, 'LINK_EXPIRED', 'This link is over; ask for a new one');
      const { objectId, purpose, userId, orgId } = claims;
      const { maxBytes } = purposes[purpose];
      if (Number(body.headers['content-length'] ?? 0) > maxBytes)
        return refuse(413, 'TOO_LARGE', `The file is larger than ${maxBytes} bytes`);
      let mediaType = '';
      const check = (head: Buffer): void => {
        checkFor(purpose)(head);
        mediaType = mediaTypeOf(head) ?? '';
      };
      try {
        // The connection stays when the file is refused in its middle, or nobody could read why.
        const content = body.iterator({ destroyOnReturn: false });
        const kept = await files.put(content, { maxBytes, check, ...(objectId && { objectId }) });
        const upload = { sha256: kept.objectId, bytes: kept.bytes, mediaType, userId, purpose };
        await uploads.note({ ...upload, ...(orgId && { orgId }) });
        return { objectId: kept.objectId, sha256: kept.objectId, bytes: kept.bytes, mediaType };
      } catch (error) {
        if (!(error instanceof FileRefused)) throw error;
        return refuse(statusOf[error.code], error.code, error.message);
      }
    },
  );
};
