'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { ask } from '../../../kit/client.ts';
import { useLive } from '../../../kit/use-live.ts';
import { OrderAsOf, OrderChanged, OrderQuery } from './queries.ts';

/** A repair order, live; or as it was at a revision, without its actions. */
export const useOrder = (id: string, revision?: string) => {
  const locale = useLocale();
  const cache = useQueryClient();
  const key = ['order', id, locale];
  const now = useQuery({ queryKey: key, queryFn: async () => (await ask(OrderQuery, { id }, locale)).repairOrder });
  const past = useQuery({
    queryKey: ['order', id, locale, 'asOf', revision],
    queryFn: async () => (await ask(OrderAsOf, { id, revision: revision ?? '0' }, locale)).repairOrder?.asOf ?? null,
    enabled: revision !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  useLive({
    document: OrderChanged,
    variables: { id },
    after: now.data?.position,
    pick: (result) => result.repairOrderChanged,
    onChange: ({ node }) => {
      cache.setQueryData(key, node);
      void cache.invalidateQueries({ queryKey: ['invoicesOf', id] });
    },
  });
  const order =
    revision === undefined
      ? now.data
      : past.data
        ? { ...past.data, allowedCommands: [] }
        : now.data && { ...now.data, allowedCommands: [] };
  return { order, current: now.data, query: now, isPast: revision !== undefined };
};
