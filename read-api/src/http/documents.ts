import { Readable } from 'node:stream';
import { z } from 'zod';
import type { PdfDocuments } from '../documents/documents.ts';
import { type DocumentKind, documentKinds } from '../documents/drawing.ts';
import { type Route, route } from './route.ts';

const summaries: Readonly<Record<DocumentKind, string>> = {
  statement: 'The repair statement of a completed repair order as PDF, by the order’s id',
  invoice: 'An invoice as PDF: the document as it was issued, or a draft before that',
};

/** Documents for whoever may read their record: `x-cargoro-sha256` is the hash of the bytes, `x-cargoro-filed` says whether the record holds it, `x-cargoro-revision` is the record's. */
export const documentRoutes = (documents: PdfDocuments): readonly Route[] =>
  documentKinds.map((kind) =>
    route({
      path: `/documents/${kind}/{id}.pdf`,
      summary: summaries[kind],
      input: z.object({
        id: z.string().min(1).max(130),
        lang: z.enum(['ko', 'en']).optional(),
        revision: z.string().max(20).optional(),
      }),
      downloads: ['application/pdf'],
      answer: async ({ id, lang, revision }, viewer) => {
        const { bytes, filename, ...found } = await documents.get(kind, id, { locale: lang, revision }, viewer);
        return {
          stream: Readable.from([bytes], { objectMode: false }),
          ...{ type: 'application/pdf', filename },
          headers: {
            'content-length': bytes.length,
            'cache-control': 'private, no-cache',
            'x-cargoro-sha256': found.sha256,
            'x-cargoro-filed': String(found.filed),
            'x-cargoro-revision': found.revision,
          },
        };
      },
    }),
  );
