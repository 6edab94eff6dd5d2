'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useMemo } from 'react';
import { ask } from '../../../kit/client.ts';
import { graphql } from '../../../kit/graphql.ts';
import { allPages } from '../../../kit/pages.ts';
import type { BayLane } from './timeline.ts';

const Booked = graphql(`
  query BookedCars($workshopId: String!, $after: String) {
    reservations(workshopId: $workshopId, filter: { status: ["proposed", "confirmed", "arrived", "fulfilled"] }, first: 100, after: $after) {
      edges { node { id plate model repairOrderId allowedCommands { name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** Which car stands behind a hold. The read model of bays knows holds by reservation only. */
export const useBayLabels = (lanes: readonly BayLane[], workshopId: string | undefined): readonly BayLane[] => {
  const locale = useLocale();
  const ids = lanes.flatMap((lane) => lane.blocks.map((block) => block.id)).join();
  const { data } = useQuery({
    queryKey: ['bookedCars', workshopId, ids],
    queryFn: () =>
      allPages(async (after) => (await ask(Booked, { workshopId: workshopId ?? '', after }, locale)).reservations),
    enabled: workshopId !== undefined && ids !== '',
    placeholderData: (before) => before,
  });
  return useMemo(() => {
    const cars = new Map(
      (data ?? []).flatMap((each) => [
        [each.id, each] as const,
        ...(each.repairOrderId ? [[each.repairOrderId, each] as const] : []),
      ]),
    );
    return lanes.map((lane) => ({
      ...lane,
      blocks: lane.blocks.map((block) => {
        const car = cars.get(block.href?.split('/').at(-1) ?? '');
        return car
          ? {
              ...block,
              plate: car.plate,
              label: car.model,
              ...(block.kind === 'confirmed' &&
                car.allowedCommands.some(({ name }) => name === 'RescheduleReservation') && { moves: car.id }),
              href: car.repairOrderId ? `/workshop/orders/${car.repairOrderId}` : block.href,
            }
          : block;
      }),
    }));
  }, [lanes, data]);
};
