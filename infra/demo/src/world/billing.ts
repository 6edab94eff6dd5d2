import { idOf } from '../ids.ts';
import { orgs } from '../personas.ts';
import type { Calendar } from './calendar.ts';
import { as, companies } from './cast.ts';
import { type EstimateLine, invoiceOf } from './catalogue.ts';
import type { Script } from './script.ts';
import type { Visit } from './visit.ts';

const fleetNo = companies.find(({ slug }) => slug === 'hangyeol')?.businessNo;
type Billed = Pick<EstimateLine, 'lineId' | 'name' | 'amountKrw'>;

/** The invoice of a visit, told stage by stage like the visit itself. */
export const invoiceFor = (script: Script, { day }: Calendar, visit: Visit, lines: readonly Billed[] = visit.lines) => {
  const story = script.story(`invoice/${visit.key}`);
  const invoiceId = story.id('invoice');
  const isFleet = visit.customer.kind === 'fleet';
  const money = invoiceOf(lines);
  const accountant = visit.shop === 'gaon' ? as('gaon.accountant') : as('mapo.owner');
  const advisor = as(visit.shop === 'gaon' ? 'gaon.advisor' : 'mapo.advisor');
  const tell = (at: string, type: string, input: object, refused?: string, by = advisor) =>
    story.tell(at, by, type, { invoiceId, ...input }, refused);
  let payments = 0;
  return {
    invoiceId,
    ...money,
    draft: (at: string) =>
      tell(at, 'DraftInvoice', {
        ...money,
        sellerOrgId: orgs[visit.shop].id,
        payer: visit.customer,
        source: { kind: 'repairOrder', id: visit.repairOrderId },
        ...(isFleet && fleetNo && { buyerBusinessNo: fleetNo }),
      }),
    issue: (at: string, issuedOn: number, dueOn: number) =>
      tell(at, 'IssueInvoice', {
        number: visit.number.replace(/^R/, 'INV-'),
        documentKind: isFleet ? 'taxInvoice' : 'cardSlip',
        issuedOn: day(issuedOn),
        dueOn: day(dueOn),
      }),
    pay: (at: string, method: string, amountKrw = money.totalKrw, refused?: string) => {
      payments += 1;
      const payment = { paymentId: idOf(`payment/${visit.key}/${payments}`), method, amountKrw, at };
      tell(at, 'RecordPayment', payment, refused);
      return payment.paymentId;
    },
    refund: (at: string, paymentId: string, amountKrw: number, reason: string) =>
      tell(at, 'RefundPayment', { paymentId, amountKrw, reason }, undefined, accountant),
    markOverdue: (at: string, refused?: string) => tell(at, 'MarkOverdue', {}, refused, accountant),
  };
};
