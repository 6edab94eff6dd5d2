'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { ask } from '../../../kit/client.ts';
import { allPages } from '../../../kit/pages.ts';
import { latest } from '../../../kit/positions.ts';
import { useViewer } from '../../../kit/runtime.tsx';
import { useLive } from '../../../kit/use-live.ts';
import { InvoiceAsOf, InvoiceChanged, InvoiceQuery, InvoicesQuery } from './queries.ts';

/** Invoices of one source document, live. */
export const useInvoicesOf = (sourceId: string | undefined) => {
  const locale = useLocale();
  const cache = useQueryClient();
  const { orgId } = useViewer();
  const key = ['invoicesOf', sourceId, locale];
  const query = useQuery({
    queryKey: key,
    queryFn: () =>
      allPages(
        async (after) => (await ask(InvoicesQuery, { sourceId: sourceId ?? '', filter: null, after }, locale)).invoices,
      ),
    enabled: sourceId !== undefined,
  });
  useLive({
    document: InvoiceChanged,
    variables: { orgId: orgId ?? '' },
    after: query.data ? latest(query.data.map((each) => each.position)) : undefined,
    pick: (result) => result.invoiceChanged,
    onChange: ({ node }) => {
      if (node?.sourceId === sourceId) void cache.invalidateQueries({ queryKey: key });
    },
    enabled: Boolean(orgId),
  });
  return query.data ?? [];
};

/** One invoice, or as it was at a revision without its actions. */
export const useInvoice = (id: string, revision?: string) => {
  const locale = useLocale();
  const now = useQuery({
    queryKey: ['invoice', id, locale],
    queryFn: async () => (await ask(InvoiceQuery, { id }, locale)).invoice,
  });
  const past = useQuery({
    queryKey: ['invoice', id, locale, 'asOf', revision],
    queryFn: async () => (await ask(InvoiceAsOf, { id, revision: revision ?? '0' }, locale)).invoice?.asOf ?? null,
    enabled: revision !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const shown = revision === undefined ? now.data : (past.data ?? now.data);
  return {
    invoice: revision === undefined ? shown : shown && { ...shown, allowedCommands: [] },
    current: now.data,
    query: now,
  };
};
