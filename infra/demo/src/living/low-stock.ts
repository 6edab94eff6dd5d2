import type { Told } from '../sim/play.ts';
import type { Part, Workshop } from './cast.ts';

/** A command about stock may begin an episode of low stock; what is low is ordered in the evening (P7). */
export const watchStock = (shop: Workshop, part: Part, { events }: Told): void => {
  const low = events.find(({ type }) => type === 'LowStockReached');
  if (low) shop.low.push({ part, episodeId: (low.data as { episodeId: string }).episodeId });
};
