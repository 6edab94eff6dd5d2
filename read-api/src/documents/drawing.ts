import type { Locale, StoredEvent } from '@cargoro/domain';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Cut } from '@cargoro/projections';
import { invoiceFacts } from './invoice-facts.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { type Past, pastOf } from './past.ts';
import { statementFacts } from './statement-facts.ts';
import { statementPdf } from './statement-pdf.ts';

export const documentKinds = ['statement', 'invoice'] as const;
export type DocumentKind = (typeof documentKinds)[number];
/** `people`: ids of those it names. */
export type Drawn = { readonly bytes: Buffer; readonly people: readonly string[] };
type Draw = (past: Past, id: string, cut: Cut, locale: Locale) => Promise<Drawn>;

const draws: Readonly<Record<DocumentKind, Draw>> = {
  statement: async (past, id, cut, locale) => {
    const { people, ...facts } = await statementFacts(past, id, cut);
    return { bytes: await statementPdf(facts, locale), people };
  },
  invoice: async (past, id, cut, locale) => {
    const { people, ...facts } = await invoiceFacts(past, id, cut);
    return { bytes: await invoicePdf(facts, locale), people };
  },
};

/** A document of a record as an event left it. */
export type Drawing = (kind: DocumentKind, id: string, event: StoredEvent, locale: Locale) => Promise<Drawn>;

/**
 * Draws documents up from the log: the same document is the same bytes whenever, wherever and for whomever it is drawn;
 * only a person's erasure takes the name from it.
 */
export const createDrawing = ({ log, vault }: { readonly log: EventLog; readonly vault: Vault }): Drawing => {
  const past = pastOf(log, vault);
  return (kind, id, event, locale) => {
    const recorded = Date.parse(event.recordedAt);
    return draws[kind](
      past,
      id,
      {
        includes: ({ revision }) => revision <= event.revision,
        at: ({ recordedAt }) => Date.parse(recordedAt) <= recorded,
      },
      locale,
    );
  };
};
