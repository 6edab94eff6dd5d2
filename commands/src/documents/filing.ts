import { Readable } from 'node:stream';
import { type Locale, processActor, type StoredEvent } from '@cargoro/domain';
import type { Files } from '@cargoro/infra/files/port';
import { uuidv5 } from '@cargoro/infra/ids';
import type { EventLog } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { keepDeadLetter } from '../processes/dead-letter.ts';
import { type Following, followLog } from '../processes/follow-log.ts';
import { isAway, patiently, sayingSo } from '../processes/patiently.ts';
import { type TellDeps, tellForGood } from '../processes/tell-for-good.ts';

/** A document as it is drawn up; `people` are those it names. */
export type Drawn = { readonly bytes: Buffer; readonly people: readonly string[] };
export type FilingDeps = TellDeps & {
  readonly log: EventLog;
  readonly files: Files;
  /** The document that an event settled. */
  readonly draw: (kind: 'statement' | 'invoice', id: string, event: StoredEvent, locale: Locale) => Promise<Drawn>;
};
export type Filing = Following;

const name = 'documents';
const maxBytes = 20_000_000;
const clerk = processActor(name);
const locales: readonly Locale[] = ['ko', 'en'];
const settledBy = {
  RepairOrderCompleted: { kind: 'statement', command: 'FileStatement', id: 'repairOrderId' },
  InvoiceIssued: { kind: 'invoice', command: 'FileInvoice', id: 'invoiceId' },
} as const;
type Settling = keyof typeof settledBy;

/**
 * Files the statement of each completed repair order and the document of each issued invoice, in both languages: what
 * was drawn up is kept under its hash, and the hash becomes an event. It happens once, whatever crashes: the command's id
 * follows from the event that settled the document, and the same record gives the same bytes. With a person's erasure
 * the documents that name them go; from then on the record alone tells of them, without the name.
 */
export const startFiling = (deps: FilingDeps): Filing => {
  const { postgres, files, logger, draw } = deps;
  const file = async (event: StoredEvent, type: Settling): Promise<void> => {
    const { kind, command, id: field } = settledBy[type];
    const id = String((event.data as Record<string, unknown>)[field]);
    const request = { type: command, commandId: uuidv5(event.id, name) };
    const drawn: [Locale, Drawn][] = [];
    try {
      for (const locale of locales) drawn.push([locale, await draw(kind, id, event, locale)]);
    } catch (error) {
      if (isAway(error)) throw error;
      // A defect of one document holds up no other.
      logger.error({ err: error, event: event.id }, 'a document cannot be drawn');
      await keepDeadLetter(postgres, name, event, request, { code: 'INTERNAL', message: String(error).slice(0, 200) });
      return;
    }
    const documents = [];
    for (const [locale, { bytes, people }] of drawn) {
      const { objectId } = await files.put(Readable.from([bytes]), { maxBytes });
      await postgres.query(
        'insert into filed_document (object_id, person_id) select $1, person from unnest($2::text[]) person on conflict do nothing',
        [objectId, people],
      );
      documents.push({ locale, objectId, sha256: objectId, bytes: bytes.length });
    }
    await tellForGood(deps, name, event, {
      ...request,
      actor: clerk,
      correlationId: event.meta.correlationId,
      causationId: event.id,
      input: { [field]: id, documents },
    });
  };
  const forget = async (personId: string): Promise<void> => {
    const rows = await postgres.query<{ id: string }>(
      'select object_id as id from filed_document where person_id = $1 and gone_at is null',
      [personId],
    );
    for (const { id } of rows) await files.remove(id);
    await postgres.query('update filed_document set gone_at = now() where object_id = any($1)', [
      rows.map(({ id }) => id),
    ]);
  };

  const wait = sayingSo(logger, 'a document waits for a part that is away');
  return followLog(deps, {
    name,
    // One after the other: an erasure finds all that was filed before it.
    windowSize: 1,
    filter: { eventTypes: [...Object.keys(settledBy), 'UserErased'] },
    work: (event, signal) => {
      const { type, data } = event;
      const job =
        type === 'UserErased'
          ? () => forget(String((data as { userId: unknown }).userId))
          : () => file(event, type as Settling);
      return () => patiently(job, signal, wait);
    },
  });
};

/** Documents that went with a person's erasure. */
export const goneDocuments = async (postgres: Pick<Postgres, 'query'>): Promise<ReadonlySet<string>> => {
  const rows = await postgres.query<{ id: string }>(
    'select object_id as id from filed_document where gone_at is not null',
  );
  return new Set(rows.map(({ id }) => id));
};
