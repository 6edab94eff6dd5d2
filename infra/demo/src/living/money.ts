import { seoulDay } from '@cargoro/domain';
import { invoiceOf } from '../world/catalogue.ts';
import type { Act } from './act.ts';
import { costs } from './costs.ts';
import { nextDay } from './seasons.ts';
import type { Visit } from './visit-of.ts';
import { later, tell } from './world.ts';

type Billed = { readonly lineId: string; readonly name: string; readonly amountKrw: number };
const methods = {
  owner: [
    ['card', 79],
    ['transfer', 16],
    ['cash', 5],
  ],
  fleet: [
    ['card', 26],
    ['transfer', 8],
    ['account', 66],
  ],
} as const;

/** Invoice and payment: a private owner pays on the spot, a fleet by account most of the time; some are late. */
export function* bill(v: Visit, lines: readonly Billed[], at: string): Act<string> {
  const { w, shop, fleet, draws, path, repairOrderId } = v;
  const money = invoiceOf(lines);
  if (money.totalKrw <= 0) return at;
  const invoiceId = w.id(`${path}/invoice`);
  const say = (moment: string, type: string, input: object, by = shop.advisor) =>
    tell(moment, by.actor, type, { invoiceId, ...input });
  const drawn = yield say(w.seasons.work(at, draws.int(2, 10)), 'DraftInvoice', {
    ...{ ...money, sellerOrgId: shop.org.orgId, payer: v.customer, source: { kind: 'repairOrder', id: repairOrderId } },
    ...(fleet && { buyerBusinessNo: fleet.org.businessNo }),
  });
  const method = draws.weighted<'card' | 'transfer' | 'account' | 'cash'>(methods[fleet ? 'fleet' : 'owner']);
  const isPaidLater = method === 'account' || method === 'transfer';
  const issuedOn = seoulDay(drawn.at);
  const dueOn = isPaidLater ? nextDay(issuedOn, method === 'account' ? 30 : 7) : issuedOn;
  const issued = yield say(later(drawn.at, 2), 'IssueInvoice', {
    ...{ number: w.number('INV', shop.key), issuedOn, dueOn },
    documentKind: fleet ? 'taxInvoice' : method === 'cash' ? 'cashReceipt' : 'cardSlip',
  });
  const paymentId = w.id(`${path}/payment`);
  const pay = (moment: string) =>
    say(moment, 'RecordPayment', { paymentId, method, amountKrw: money.totalKrw, at: moment });
  if (fleet) {
    const source = { kind: 'invoice' as const, id: invoiceId };
    const category = v.chain ? ('maintenance' as const) : ('repair' as const);
    const cost = { vehicleId: v.car.vehicleId, category, supplyKrw: money.supplyKrw, vatKrw: money.vatKrw };
    yield* costs(w, fleet, {
      ...cost,
      occurredOn: issuedOn,
      source,
      at: later(issued.at, 2),
      journey: v.chain?.correlationId,
    });
  }
  if (!isPaidLater) {
    if (draws.chance(0.01)) {
      const over = { paymentId: w.id(`${path}/over`), method, amountKrw: money.totalKrw + 10, at: issued.at };
      yield { ...say(later(issued.at, 1), 'RecordPayment', over), may: ['OVERPAYMENT'] };
    }
    yield pay(later(issued.at, 3));
    return later(issued.at, 3);
  }
  const isLate = draws.chance(0.2);
  const due = w.seasons.at(dueOn, 600);
  w.begin(
    isLate ? later(due, 1_500) : w.seasons.open(later(due, -draws.int(0, 4) * 1_440)),
    `${path}/payment`,
    function* () {
      if (isLate) yield say(later(due, 1_500), 'MarkOverdue', {}, shop.accountant);
      yield pay(w.seasons.open(later(due, isLate ? draws.int(3, 20) * 1_440 : -draws.int(0, 2) * 1_440)));
    },
  );
  return issued.at;
}
