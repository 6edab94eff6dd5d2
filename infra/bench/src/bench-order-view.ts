import { DateTime, Won } from '@cargoro/domain';
import type { Pool } from '@cargoro/infra/postgres';
import { readModel, sqlType } from '@cargoro/projections/kit';
import { z } from 'zod';
import { BenchOrder } from './bench-order.ts';

/** The read model of the workloads: twelve columns besides the kit's own, each event changes the row of its stream. */
export const BenchOrderView = readModel({
  name: 'bench_order_view',
  type: 'BenchOrderView',
  version: 1,
  group: 'repair',
  key: (event) => event.stream.slice('benchOrder-'.length),
  row: z.object({
    status: z.string(),
    itemCount: z.int(),
    totalKrw: Won,
    lastPartNo: z.string(),
    lastName: z.string(),
    lastQuantity: z.int(),
    lastUnitPriceKrw: Won,
    technician: z.string(),
    bay: z.string(),
    note: z.string(),
    openedAt: DateTime,
    changedAt: DateTime,
  }),
  scope: [],
  indexes: [],
  from: [BenchOrder],
}).folds({
  start: {
    ItemAdded: ({ data, meta }) => ({
      ...itemColumns(data),
      itemCount: 1,
      totalKrw: data.quantity * data.unitPriceKrw,
      openedAt: meta.occurredAt,
      changedAt: meta.occurredAt,
    }),
  },
  on: {
    ItemAdded: (row, { data, meta }) => ({
      ...row,
      ...itemColumns(data),
      itemCount: row.itemCount + 1,
      totalKrw: row.totalKrw + data.quantity * data.unitPriceKrw,
      changedAt: meta.occurredAt,
    }),
  },
});

const itemColumns = (data: z.infer<typeof BenchOrder.events.ItemAdded.schema>) => ({
  status: 'open',
  lastPartNo: data.partNo,
  lastName: data.name,
  lastQuantity: data.quantity,
  lastUnitPriceKrw: data.unitPriceKrw,
  technician: data.technician,
  bay: data.bay,
  note: data.note,
});

/** The product's tables come from migrations; this one lives as long as its benchmark. */
export const createBenchTable = async (pool: Pool): Promise<void> => {
  const columns = BenchOrderView.columns.map((c) => `"${c.sql}" ${sqlType(c)}${c.nullable ? '' : ' not null'}`);
  await pool.query(`create table bench_order_view (${columns.join(', ')}, primary key (id))`);
};
