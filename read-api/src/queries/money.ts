import { text } from '@cargoro/domain';
import { InvoiceView } from '@cargoro/projections';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { byId, filtered, matches, query, whereId } from '../define.ts';

export const moneyQueries = [
  query({
    name: 'invoice',
    doc: text('청구서 한 건', 'One invoice'),
    readModel: InvoiceView,
    shape: 'one',
    args: byId,
    where: whereId(InvoiceView),
    orderBy: [],
  }),
  query({
    name: 'invoices',
    doc: text('청구서 목록, 최근 것부터', 'Invoices, newest first'),
    readModel: InvoiceView,
    shape: 'connection',
    args: filtered.extend({ sourceId: z.string().max(64).optional() }),
    where: ({ filter, sourceId }) =>
      and(
        matches(InvoiceView, filter, { time: 'draftedAt', text: ['number'] }),
        sourceId ? eq(InvoiceView.table.sourceId!, sourceId) : undefined,
      ),
    orderBy: [{ column: 'draftedAt', desc: true }],
  }),
];
