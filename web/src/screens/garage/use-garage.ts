'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { ask } from '../../kit/client.ts';
import { allPages } from '../../kit/pages.ts';
import { latest } from '../../kit/positions.ts';
import { useLive } from '../../kit/use-live.ts';
import { type Approval, ApprovalQuery, CarsQuery, InboxChanged, InboxQuery, WorkshopNames } from './queries.ts';

export const useCars = () => {
  const locale = useLocale();
  return useQuery({
    queryKey: ['cars', locale],
    queryFn: () => allPages(async (after) => (await ask(CarsQuery, { after }, locale)).myVehicles),
  });
};

export const useWorkshops = () => {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ['workshops', locale],
    queryFn: async () => (await ask(WorkshopNames, {}, locale)).workshops.edges.map(({ node }) => node),
    staleTime: 300_000,
  });
  return data ?? [];
};

/** Estimates that wait for my answer, live; what changes also refreshes the cars and the request that is open. */
export const useInbox = () => {
  const locale = useLocale();
  const cache = useQueryClient();
  const key = ['inbox', locale];
  const query = useQuery({
    queryKey: key,
    queryFn: () => allPages(async (after) => (await ask(InboxQuery, { after }, locale)).approvalInbox),
  });
  useLive({
    document: InboxChanged,
    variables: {},
    after: query.data ? latest(query.data.map((each) => each.position)) : undefined,
    pick: (result) => result.approvalInboxChanged,
    onChange: ({ id, node }) => {
      cache.setQueryData(['approval', id, locale], node);
      cache.setQueryData<readonly Approval[]>(key, (rows = []) => [
        ...rows.filter((row) => row.id !== id),
        ...(node?.waiting ? [node] : []),
      ]);
      void cache.invalidateQueries({ queryKey: ['cars'] });
    },
  });
  return query;
};

export const useApproval = (id: string) => {
  const locale = useLocale();
  return useQuery({
    queryKey: ['approval', id, locale],
    queryFn: async () => (await ask(ApprovalQuery, { id }, locale)).approvalRequest,
  });
};
