import type { RecordedEvent, RepairOrder } from '@cargoro/domain';
import type { z } from 'zod';
import type { Row } from '../kit/types.ts';
import type { OrderRow } from './order-row.ts';

type Events = (typeof RepairOrder)['events'];
/** Folds of some of the order's events. */
export type OrderFolds<Types extends keyof Events & string> = {
  readonly [T in Types]: (row: Row<OrderRow>, event: RecordedEvent<T, z.infer<Events[T]['schema']>>) => OrderRow;
};
