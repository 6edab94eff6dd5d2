'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useState } from 'react';
import { ask } from '../../../kit/client.ts';
import { allPages } from '../../../kit/pages.ts';
import { latest } from '../../../kit/positions.ts';
import { useLive } from '../../../kit/use-live.ts';
import { reservationTabs } from './model.ts';
import {
  type Reservation,
  ReservationAsOf,
  ReservationChanged,
  ReservationQuery,
  ReservationsQuery,
} from './queries.ts';

export type Tab = keyof typeof reservationTabs;

/** Reservations one may see, live for a workshop; `changed` names rows for their tint. */
export const useReservations = (tab: Tab, text: string | undefined, workshopId: string | undefined) => {
  const locale = useLocale();
  const cache = useQueryClient();
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const statuses: readonly string[] = reservationTabs[tab];
  const key = ['reservations', tab, text ?? '', locale];
  const query = useQuery({
    queryKey: key,
    queryFn: () =>
      allPages(
        async (after) =>
          (
            await ask(
              ReservationsQuery,
              { filter: { status: [...statuses], ...(text ? { text } : {}) }, after },
              locale,
            )
          ).reservations,
      ),
  });
  useLive({
    document: ReservationChanged,
    variables: { workshopId: workshopId ?? '' },
    after: query.data ? latest(query.data.map((each) => each.position)) : undefined,
    pick: (result) => result.reservationChanged,
    onChange: ({ id, node }) => {
      setChanged(new Set([id]));
      setTimeout(() => setChanged(new Set()), 1_500);
      if (node) cache.setQueryData(['reservation', id, locale], node);
      cache.setQueryData<readonly Reservation[]>(key, (rows = []) => {
        const others = rows.filter((row) => row.id !== id);
        if (!node || !statuses.includes(node.status)) return others;
        return rows.length === others.length ? [node, ...others] : rows.map((row) => (row.id === id ? node : row));
      });
    },
    enabled: workshopId !== undefined,
  });
  return { query, changed };
};

export const useReservation = (id: string, revision?: string) => {
  const locale = useLocale();
  const now = useQuery({
    queryKey: ['reservation', id, locale],
    queryFn: async () => (await ask(ReservationQuery, { id }, locale)).reservation,
  });
  const past = useQuery({
    queryKey: ['reservation', id, locale, 'asOf', revision],
    queryFn: async () =>
      (await ask(ReservationAsOf, { id, revision: revision ?? '0' }, locale)).reservation?.asOf ?? null,
    enabled: revision !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const shown = revision === undefined ? now.data : (past.data ?? now.data);
  return {
    reservation: revision === undefined ? shown : shown && { ...shown, allowedCommands: [] },
    current: now.data,
    query: now,
  };
};
