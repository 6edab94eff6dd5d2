import { createHash } from 'node:crypto';
import type { Locale, StoredEvent } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Cut } from '@cargoro/projections';
import { badArgument, ReadError } from '../errors.ts';
import { moneyQueries } from '../queries/money.ts';
import { repairQueries } from '../queries/repair.ts';
import type { QueryDef, ReadApi, Viewer } from '../types.ts';
import { invoiceFacts } from './invoice-facts.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { type Past, pastOf, veiled } from './past.ts';
import { statementFacts } from './statement-facts.ts';
import { statementPdf } from './statement-pdf.ts';

export const documentKinds = ['statement', 'invoice'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export type PdfDocument = {
  readonly bytes: Buffer;
  /** Of the bytes. */
  readonly sha256: string;
  /** Of the record, at which it says this. */
  readonly revision: string;
  readonly filename: string;
};
export type PdfDocuments = {
  /**
   * The statement of a repair order, or an invoice, for whoever may read the record. It is drawn up from the log, so the
   * same document is the same bytes whenever, wherever and by whomever it is asked for; only a person's erasure takes
   * the name from it, and emergency access shows it as if that had happened. `revision`: as it stood then. Throws
   * ReadError.
   */
  draw(
    kind: DocumentKind,
    id: string,
    options: { readonly locale?: Locale | undefined; readonly revision?: string | undefined },
    viewer: Viewer,
  ): Promise<PdfDocument>;
};
type Deps = { readonly readApi: Pick<ReadApi, 'one'>; readonly log: EventLog; readonly vault: Vault };
type Kind = {
  readonly query: QueryDef;
  readonly category: string;
  /** The event that settles what the document says; later ones change nothing of it. */
  readonly settledBy: string;
  /** The event from which there is a document, if it is another: until it is settled, a draft. */
  readonly begunBy: string;
  readonly draw: (past: Past, id: string, cut: Cut, locale: Locale) => Promise<Buffer>;
};

const named = (queries: readonly QueryDef[], name: string): QueryDef => {
  const found = queries.find((query) => query.name === name);
  if (!found) throw new Error(`There is no query ${name}`);
  return found;
};
const kinds: Readonly<Record<DocumentKind, Kind>> = {
  statement: {
    query: named(repairQueries, 'repairOrder'),
    ...{ category: 'repairOrder', settledBy: 'RepairOrderCompleted', begunBy: 'RepairOrderCompleted' },
    draw: async (past, id, cut, locale) => statementPdf(await statementFacts(past, id, cut), locale),
  },
  invoice: {
    query: named(moneyQueries, 'invoice'),
    ...{ category: 'invoice', settledBy: 'InvoiceIssued', begunBy: 'InvoiceDrafted' },
    draw: async (past, id, cut, locale) => invoicePdf(await invoiceFacts(past, id, cut), locale),
  },
};

export const createPdfDocuments = ({ readApi, log, vault }: Deps): PdfDocuments => {
  const pasts = { open: pastOf(log, vault), veiled: pastOf(log, veiled(vault)) };
  return {
    draw: async (kind, id, { locale, revision }, viewer) => {
      const { query, category, draw, ...said } = kinds[kind];
      if (!(await readApi.one(query, { id }, viewer)))
        throw new ReadError('NOT_FOUND', 'There is no such record, or not for you');
      const event = sayingEvent(await log.read(`${category}-${id}`), said, revision);
      const recorded = Date.parse(event.recordedAt);
      const cut: Cut = {
        includes: (one) => one.revision <= event.revision,
        at: (one) => Date.parse(one.recordedAt) <= recorded,
      };
      const bytes = await draw(viewer.breakGlass ? pasts.veiled : pasts.open, id, cut, locale ?? viewer.locale);
      return {
        bytes,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        revision: String(event.revision),
        filename: `${kind}-${id}.pdf`,
      };
    },
  };
};

/** The event that made the document what it was at a revision. */
const sayingEvent = (
  events: readonly StoredEvent[],
  { settledBy, begunBy }: Pick<Kind, 'settledBy' | 'begunBy'>,
  asked: string | undefined,
): StoredEvent => {
  if (asked !== undefined && !/^\d{1,18}$/.test(asked)) throw badArgument('revision', 'Use a revision, such as 12');
  const last = asked === undefined ? events.length - 1 : Number(asked);
  if (last >= events.length) throw new ReadError('NOT_FOUND', `The record has no revision ${last} yet`);
  const until = events.slice(0, last + 1);
  const found = until.find(({ type }) => type === settledBy) ?? until.find(({ type }) => type === begunBy);
  if (!found) throw new ReadError('NOT_FOUND', 'There is no such document at this revision');
  return found;
};
