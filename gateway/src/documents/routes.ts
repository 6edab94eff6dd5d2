import { documentKinds, type PdfDocuments } from '@cargoro/read-api';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badInput, problem } from '../errors.ts';

const Asked = z.object({
  kind: z.enum(documentKinds),
  file: z.string().regex(/^[A-Za-z0-9.-]{1,130}\.pdf$/, 'Use the record’s id and .pdf'),
  lang: z.enum(['ko', 'en']).optional(),
  revision: z
    .string()
    .regex(/^\d{1,18}$/, 'Use a revision, such as 12')
    .optional(),
});

/** `GET /documents/statement/<repairOrderId>.pdf` and `/documents/invoice/<invoiceId>.pdf`, for whoever may read the record. */
export const documentRoutes = async (app: FastifyInstance, documents: PdfDocuments): Promise<void> => {
  app.get('/documents/:kind/:file', async ({ params, query, caller: { viewer } }, reply) => {
    if (!viewer) throw problem('UNAUTHENTICATED', 'Sign in first');
    const asked = Asked.safeParse({ ...(query as object), ...(params as object) });
    if (!asked.success)
      throw badInput(...asked.error.issues.map((issue) => ({ path: issue.path.join('.'), reason: issue.message })));
    const { kind, file, lang, revision } = asked.data;
    const id = file.slice(0, -'.pdf'.length);
    const found = await documents.get(kind, id, { locale: lang, revision }, viewer).catch((error: unknown) => {
      if ((error as { code?: string }).code === 'NOT_FOUND') return undefined;
      throw error;
    });
    if (!found) return reply.callNotFound();
    return reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${found.filename}"`,
        'cache-control': 'private, no-cache',
        // Shown in the browser's own reader, which runs nothing of it.
        'content-security-policy': "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
        'x-cargoro-sha256': found.sha256,
        'x-cargoro-filed': String(found.filed),
        'x-cargoro-revision': found.revision,
      })
      .send(found.bytes);
  });
};
