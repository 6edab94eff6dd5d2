import { totalsOf } from '@cargoro/domain/estimate';
import { sha256OfText } from '../../../kit/files.ts';
import { isWork } from './model.ts';
import type { Order, OrderLine } from './queries.ts';

/** What is charged: finished work, and the money lines that were agreed to. */
export const billableLines = (order: Pick<Order, 'lines'>): readonly OrderLine[] =>
  order.lines.filter((line) =>
    isWork(line) ? line.state === 'done' : line.state === 'approved' || line.state === 'done',
  );

export const billableTotals = (order: Pick<Order, 'lines'>) =>
  totalsOf(
    billableLines(order).map((line) => ({
      ...line,
      hours: line.hours ?? undefined,
      rateKrw: line.rateKrw ?? undefined,
    })),
  );

/** The repair statement (정비명세서) as data: what is hashed is what is printed. */
export const statementOf = (
  order: Order,
  values: { odometerOutKm: number; statementNo: string; responsibleMechanicId: string },
) => ({
  number: values.statementNo,
  orderNumber: order.number,
  vehicle: { plate: order.plate, make: order.make, model: order.model, modelYear: order.modelYear },
  odometerInKm: order.odometerInKm,
  odometerOutKm: values.odometerOutKm,
  responsibleMechanicId: values.responsibleMechanicId,
  lines: billableLines(order).map(({ lineId, kind, name, serviceCode, grade, qty, amountKrw }) => ({
    lineId,
    kind,
    name: name ?? serviceCode,
    grade,
    qty,
    amountKrw,
  })),
  ...billableTotals(order),
});
export const fingerprint = (document: object): Promise<string> => sha256OfText(JSON.stringify(document));
