import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { FiledDocument, Locale, StoredEvent } from '@cargoro/domain';
import type { Files } from '@cargoro/infra/files/port';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import { badArgument, ReadError } from '../errors.ts';
import { moneyQueries } from '../queries/money.ts';
import { repairQueries } from '../queries/repair.ts';
import type { QueryDef, ReadApi, Viewer } from '../types.ts';
import { createDrawing, type DocumentKind } from './drawing.ts';
import { veiled } from './past.ts';

export type PdfDocument = {
  readonly bytes: Buffer;
  /** Of the bytes. */
  readonly sha256: string;
  /** Whether that is the hash the record holds of it. */
  readonly filed: boolean;
  /** Of the record, at which it says this. */
  readonly revision: string;
  readonly filename: string;
};
export type PdfDocuments = {
  /**
   * The statement of a repair order, or an invoice, for whoever may read the record: as it was filed, its hash checked,
   * or drawn up anew, which gives the same bytes, when it is not filed yet or a person it named was erased since.
   * Emergency access is shown it as if that had happened. `revision`: as it stood then. Throws ReadError.
   */
  get(
    kind: DocumentKind,
    id: string,
    options: { readonly locale?: Locale | undefined; readonly revision?: string | undefined },
    viewer: Viewer,
  ): Promise<PdfDocument>;
};
type Deps = {
  readonly readApi: Pick<ReadApi, 'one'>;
  readonly log: EventLog;
  readonly vault: Vault;
  readonly files: Pick<Files, 'get'>;
};
type Kind = {
  readonly query: QueryDef;
  readonly category: string;
  /** The event that settles what the document says; later ones change nothing of it. */
  readonly settledBy: string;
  /** The event from which there is a document, if it is another: until it is settled, a draft. */
  readonly begunBy: string;
  /** The event that says under which hash it is kept. */
  readonly filedBy: string;
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
    filedBy: 'StatementFiled',
  },
  invoice: {
    query: named(moneyQueries, 'invoice'),
    ...{ category: 'invoice', settledBy: 'InvoiceIssued', begunBy: 'InvoiceDrafted', filedBy: 'InvoiceFiled' },
  },
};

export const createPdfDocuments = ({ readApi, log, vault, files }: Deps): PdfDocuments => {
  const draw = createDrawing({ log, vault });
  const drawVeiled = createDrawing({ log, vault: veiled(vault) });
  const kept = async (document: FiledDocument | undefined): Promise<Buffer | undefined> => {
    const found = document && (await files.get(document.objectId));
    return found && buffer(found.content);
  };
  return {
    get: async (kind, id, { locale, revision }, viewer) => {
      const said = kinds[kind];
      if (!(await readApi.one(said.query, { id }, viewer)))
        throw new ReadError('NOT_FOUND', 'There is no such record, or not for you');
      const events = await log.read(`${said.category}-${id}`);
      const event = sayingEvent(events, said, revision);
      const language = locale ?? viewer.locale;
      const filing = event.type === said.settledBy ? events.find(({ type }) => type === said.filedBy) : undefined;
      const document = (filing?.data as { documents: readonly FiledDocument[] } | undefined)?.documents.find(
        (one) => one.locale === language,
      );
      const drawn = async () => (await (viewer.breakGlass ? drawVeiled : draw)(kind, id, event, language)).bytes;
      const bytes = (viewer.breakGlass ? undefined : await kept(document)) ?? (await drawn());
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return {
        ...{ bytes, sha256, filed: sha256 === document?.sha256 },
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
