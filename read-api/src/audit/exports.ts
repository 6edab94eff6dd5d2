import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '@cargoro/domain';
import type { EventLog } from '@cargoro/infra/ports';
import type { Row } from '@cargoro/projections';
import { ReadError } from '../errors.ts';
import type { QueryDef, Viewer } from '../types.ts';
import { scopeOf } from './case.ts';

/** Fields of `RecordExport`. */
type Exported = {
  readonly caseId: string;
  readonly exportId: string;
  readonly query: string;
  readonly streamCategory: string;
  readonly rows: number;
  readonly sha256: string;
};
export type RecordExport = (exported: Exported, actor: Actor) => Promise<void>;
export type Pages = AsyncGenerator<readonly Row[], undefined>;

type Asked = {
  readonly def: QueryDef;
  readonly given: Readonly<Record<string, unknown>>;
  readonly caseId?: string | undefined;
};
/** An export that is evidence of a case. */
type Evidence = {
  readonly exportId: string;
  /** Counts the rows as they pass. */
  counted(pages: Pages): Pages;
  /** The text as it is; its last part only once the export stands in the case. What is broken off is recorded as it came. */
  recorded(lines: AsyncGenerator<string>): AsyncGenerator<string>;
};
export type AuditedExports = {
  /** Undefined without a case: then it is evidence of nothing. Throws FORBIDDEN outside the case and its scope. */
  begin(asked: Asked, viewer: Viewer): Promise<Evidence | undefined>;
};

/** The longest prose a command takes. */
const longestQuery = 4_000;

/** Which streams a list is about; the index of events holds all, so there the stream asked for tells. */
const categoryOf = ({ readModel: { from, record } }: QueryDef, given: Asked['given']): string | undefined => {
  const own = from.find(({ name }) => name === record) ?? from[0];
  const { stream } = (given.filter ?? {}) as { readonly stream?: unknown };
  return own?.category ?? (typeof stream === 'string' ? stream.split('-')[0] : undefined);
};

/** Evidence for a case: what its auditor takes out is in its scope, and each export is recorded in it. */
export const createAuditedExports = ({
  log,
  recordExport,
  clock = () => new Date().toISOString(),
}: {
  readonly log: Pick<EventLog, 'read'>;
  readonly recordExport?: RecordExport;
  readonly clock?: () => string;
}): AuditedExports => ({
  begin: async ({ def, given, caseId }, viewer) => {
    if (caseId === undefined) return undefined;
    if (!recordExport) throw new ReadError('FORBIDDEN', 'Evidence is not recorded here');
    const category = categoryOf(def, given);
    await scopeOf({ log, clock }, caseId, category, viewer);
    const exportId = randomUUID();
    const query = `${def.name} ${JSON.stringify(given)}`.slice(0, longestQuery);
    let rows = 0;
    return {
      exportId,
      counted: async function* (pages) {
        for await (const page of pages) {
          rows += page.length;
          yield page;
        }
        return undefined;
      },
      recorded: async function* (lines) {
        const hash = createHash('sha256');
        const record = () =>
          recordExport(
            { caseId, exportId, query, streamCategory: category ?? '', rows, sha256: hash.digest('hex') },
            viewer.actor,
          );
        let held: string | undefined;
        let whole = false;
        try {
          for await (const line of lines) {
            if (held !== undefined) yield held;
            hash.update(line);
            held = line;
          }
          whole = true;
        } finally {
          if (!whole) await record();
        }
        await record();
        if (held !== undefined) yield held;
      },
    };
  },
});
