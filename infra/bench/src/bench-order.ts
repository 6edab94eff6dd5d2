import { accept, command, defineAggregate, type Events, event, Id, org, Party, text, Won } from '@cargoro/domain';
import { z } from 'zod';
import { emptyOrder, type Folded, foldItem } from './workload.ts';

const Item = z.object({
  benchOrderId: Id,
  n: z.int(),
  partNo: z.string(),
  name: z.string(),
  quantity: z.int(),
  unitPriceKrw: Won,
  technician: Id,
  bay: Id,
  note: z.string(),
});

const events = { ItemAdded: event(Item.extend({ parties: z.array(Party).optional() })) };

/** The aggregate of the workloads: an order that items are added to, through the same kit as every other. */
export const BenchOrder = defineAggregate<{ status: 'none' | 'open' } & Folded>()({
  name: 'BenchOrder',
  category: 'benchOrder',
  context: 'repair',
  doc: text('측정용 주문', 'An order for measuring'),
  id: 'benchOrderId',
  commands: {
    AddItem: command({
      label: text('추가하기', 'Add'),
      doc: text('항목을 추가한다.', 'Adds an item.'),
      by: [],
      in: ['none', 'open'],
      input: Item,
    }),
  },
  events,
  refusals: {},
  initial: { status: 'none', ...emptyOrder },
  decide: {
    AddItem: (state, data) =>
      accept<Events<typeof events>>({
        type: 'ItemAdded',
        data: { ...data, ...(state.status === 'none' && { parties: [org(data.technician, 'workshop')] }) },
      }),
  },
  evolve: { ItemAdded: (state, data) => ({ status: 'open', ...foldItem(state, data) }) },
});
