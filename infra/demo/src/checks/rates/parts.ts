import { seoulDay } from '@cargoro/domain';
import type { Seen } from '../check.ts';
import { division, measuredShare, type Rates, share } from './rate.ts';

const request = ({ data }: Seen): string => data.requestId;
type Line = { readonly poLineId: string; readonly promisedOn: string };
const linesOf = ({ data }: Seen): readonly Line[] => data.lines;

/** Lines that came in by the day the supplier had promised first. */
const onTime = (): Rates => {
  const promised = new Map<string, string>();
  return division('lines of suppliers', { 'on time': 88 }, (event) => {
    if (event.type === 'SupplierAccepted')
      for (const { poLineId, promisedOn } of linesOf(event)) promised.set(poLineId, promisedOn);
    if (event.type !== 'GoodsReceived') return [];
    return linesOf(event).map(({ poLineId }) =>
      seoulDay(event.at) <= (promised.get(poLineId) ?? '') ? 'on time' : 'late',
    );
  });
};

/** What counts of shelves came to. */
const counts = (): Rates => {
  const counting = new Set<string>();
  const differences: number[] = [];
  let begun = 0;
  return {
    see: ({ type, stream, data }) => {
      if (type === 'CountFinished') counting.delete(stream);
      if (type === 'CountStarted') {
        counting.add(stream);
        begun += 1;
      }
      if (type === 'StockAdjusted' && counting.has(stream)) differences.push(data.deltaQty);
    },
    measured: () => {
      const few = differences.filter((difference) => difference === -1 || difference === -2).length;
      return [
        measuredShare('counted shelves: not what the books say', 6, differences.length, begun),
        measuredShare('differences: one or two too few', 70, few, differences.length),
      ];
    },
  };
};

export const partRates = (): Rates[] => [
  share('part requests: too little in store', 12, { PartRequested: request }, { PartShortageNoted: request }),
  share('shortages: a substitute accepted', 35, { PartShortageNoted: request }, { PartSubstituted: request }),
  onTime(),
  counts(),
];
