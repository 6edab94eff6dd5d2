'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useMemo } from 'react';
import { ask } from '../../../kit/client.ts';
import { latest } from '../../../kit/positions.ts';
import { useLive } from '../../../kit/use-live.ts';
import { openBays, type Workshop } from '../workshop.ts';
import { type BayDay, BayTimelineChanged, BayTimelineQuery } from './queries.ts';
import type { BayLane, Block } from './timeline.ts';

const expired = (expiresAt: string | null, state: string): boolean =>
  state === 'held' && expiresAt !== null && Date.parse(expiresAt) < Date.now();

const blocksOf = (bayDay: BayDay | undefined): readonly Block[] => [
  ...(bayDay?.slots ?? [])
    .filter((slot) => !expired(slot.expiresAt, slot.state))
    .map(
      (slot): Block => ({
        id: slot.holdId,
        kind: slot.state,
        start: slot.usedFrom ?? slot.start,
        end: slot.usedTo ?? slot.end,
        planned: { start: slot.start, end: slot.end },
        label: '',
        href: `/workshop/${slot.forKind === 'reservation' ? 'reservations' : 'orders'}/${slot.forId}`,
      }),
    ),
  ...(bayDay?.blocks ?? []).map(
    (block): Block => ({ id: block.blockId, kind: 'blocked', start: block.start, end: block.end, label: block.reason }),
  ),
];

/** The bays of a day with what stands in them, live. */
export const useBays = (workshop: Workshop | undefined, day: string) => {
  const locale = useLocale();
  const cache = useQueryClient();
  const key = ['bays', workshop?.id, day, locale];
  const query = useQuery({
    queryKey: key,
    queryFn: async () =>
      (await ask(BayTimelineQuery, { workshopId: workshop?.id ?? '', day }, locale)).bayTimeline.edges.map(
        ({ node }) => node,
      ),
    enabled: workshop !== undefined,
  });
  useLive({
    document: BayTimelineChanged,
    variables: { workshopId: workshop?.id ?? '', day },
    after: query.data ? latest(query.data.map((each) => each.position)) : undefined,
    pick: (result) => result.bayTimelineChanged,
    onChange: ({ id, node }) =>
      cache.setQueryData<readonly BayDay[]>(key, (rows = []) => [
        ...rows.filter((row) => row.id !== id),
        ...(node ? [node] : []),
      ]),
    enabled: workshop !== undefined,
  });
  const lanes = useMemo(
    (): readonly BayLane[] =>
      (workshop ? openBays(workshop, day) : []).map((bay) => ({
        bayId: bay.bayId,
        name: bay.name,
        kind: bay.kind,
        blocks: blocksOf(query.data?.find((row) => row.bayId === bay.bayId)),
      })),
    [workshop, day, query.data],
  );
  return { lanes, query };
};
