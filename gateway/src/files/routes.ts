import type { Files } from '@cargoro/infra/files/port';
import { purposeNames, purposes } from '@cargoro/infra/files/purposes';
import type { UploadLinks } from '@cargoro/infra/files/upload-link';
import type { Uploads } from '@cargoro/infra/files/uploads';
import type { FileAccess } from '@cargoro/read-api';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badInput, problem } from '../errors.ts';
import { receiveFile } from './receive.ts';

export type FileDeps = {
  readonly files: Files;
  readonly uploads: Uploads;
  readonly links: UploadLinks;
  readonly access: FileAccess;
};
const linkLivesMs = 5 * 60_000;
const Wanted = z.object({
  purpose: z.enum(purposeNames),
  /** Taken on the device: what arrives must be that. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** `POST /files/uploads` hands out a link for one file, `PUT` on it brings the file, `GET /files/<sha256>` reads it. */
export const fileRoutes = async (app: FastifyInstance, deps: FileDeps): Promise<void> => {
  const { files, links, access } = deps;
  app.post('/files/uploads', async ({ body, caller: { viewer } }, reply) => {
    if (viewer?.actor.kind !== 'user') throw problem('UNAUTHENTICATED', 'Sign in first');
    const wanted = Wanted.safeParse(body);
    if (!wanted.success)
      throw badInput(...wanted.error.issues.map((issue) => ({ path: issue.path.join('.'), reason: issue.message })));
    const { purpose, sha256 } = wanted.data;
    const { id: userId, orgId } = viewer.actor;
    const expiresAt = Date.now() + linkLivesMs;
    const claims = { userId, purpose, expiresAt, ...(orgId && { orgId }), ...(sha256 && { objectId: sha256 }) };
    return reply.code(201).send({
      url: `/files/uploads?link=${links.sign(claims)}`,
      expiresAt: new Date(expiresAt).toISOString(),
      ...purposes[purpose],
    });
  });

  await app.register(async (bare) => {
    // The file itself, whatever its header claims it to be.
    bare.removeAllContentTypeParsers();
    bare.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    receiveFile(bare, deps);
  });

  app.get<{ Params: { sha256: string } }>(
    '/files/:sha256',
    { exposeHeadRoute: false },
    async ({ params: { sha256 }, caller: { viewer } }, reply) => {
      if (!viewer) throw problem('UNAUTHENTICATED', 'Sign in first');
      const open = await access.open(sha256, viewer);
      const found = open && (await files.get(sha256));
      if (!open || !found) return reply.callNotFound();
      const kept = viewer.breakGlass || open.noted ? 'private, no-store' : 'private, max-age=31536000, immutable';
      return reply
        .headers({
          'content-type': open.mediaType,
          'content-length': found.bytes,
          'cache-control': kept,
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(found.content);
    },
  );
};
