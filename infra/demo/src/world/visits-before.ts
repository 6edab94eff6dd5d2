import { plusMinutes } from '@cargoro/domain';
import { invoiceFor } from './billing.ts';
import type { Calendar } from './calendar.ts';
import type { Script } from './script.ts';
import { type VisitOf, visitOf } from './visit.ts';

/** Minutes after a moment, for the stages of one visit. */
const from = (start: string) => (minutes: number) => plusMinutes(start, minutes);

/** Approves, repairs and completes from `minute` on, as a visit goes when nothing comes up. */
const repair = (script: Script, calendar: Calendar, of: VisitOf, start: string, mechanic: string, bay: number) => {
  const visit = visitOf(script, calendar, of);
  const t = from(start);
  visit.open(t(0));
  visit.assign(t(2), mechanic, bay);
  visit.diagnose(t(10), mechanic, [{ system: '점검', severity: 'soon', note: '교환 주기가 되었습니다.' }]);
  visit.draft(t(18));
  visit.send(t(20));
  visit.approve(t(35));
  visit.requestParts(t(36), mechanic);
  visit.reserveParts(t(40));
  visit.start(t(45), mechanic, bay);
  visit.useParts(t(60), mechanic);
  visit.finish(t(85), mechanic);
  visit.finishWork(t(90), mechanic);
  visit.pass(t(100));
  visit.complete(t(110));
  return { visit, t };
};

/** Cars that came and went on the days before. */
export const visitsBefore = (script: Script, calendar: Calendar): void => {
  const { daysAgo } = calendar;

  const oil = visitOf(script, calendar, {
    key: 'oil',
    shop: 'gaon',
    car: 'choi',
    no: 101,
    complaint: '엔진오일 교환',
    services: ['OIL', 'CABIN'],
  });
  const t = from(daysAgo(2, 240));
  oil.open(t(0));
  // Exempt work needs consent, no estimate.
  oil.draft(t(3));
  oil.approveByPhone(t(5));
  oil.requestParts(t(6), 'gaon.tech');
  oil.reserveParts(t(8));
  oil.start(t(10), 'gaon.tech', 3);
  oil.useParts(t(15), 'gaon.tech');
  oil.finish(t(35), 'gaon.tech');
  oil.finishWork(t(36), 'gaon.tech');
  oil.pass(t(40));
  oil.complete(t(45));
  const oilInvoice = invoiceFor(script, calendar, oil);
  oilInvoice.draft(t(46));
  oilInvoice.issue(t(47), -2, -2);
  oilInvoice.pay(t(50), 'card');
  oil.handOver(t(52));

  const discs = repair(
    script,
    calendar,
    { key: 'discs', shop: 'gaon', car: 'sedan', no: 102, complaint: '제동 시 떨림', services: ['DISCF'] },
    daysAgo(2, 200),
    'gaon.han',
    1,
  );
  const discsInvoice = invoiceFor(script, calendar, discs.visit);
  discsInvoice.draft(discs.t(115));
  discsInvoice.issue(discs.t(118), -2, 28);
  discs.visit.handOver(discs.t(125));

  const battery = repair(
    script,
    calendar,
    { key: 'battery', shop: 'gaon', car: 'jung', no: 103, complaint: '시동이 잘 걸리지 않습니다.', services: ['BATT'] },
    daysAgo(1, 260),
    'gaon.tech',
    3,
  );
  const batteryInvoice = invoiceFor(script, calendar, battery.visit);
  batteryInvoice.draft(battery.t(112));
  batteryInvoice.issue(battery.t(113), -1, -1);
  const paid = batteryInvoice.pay(battery.t(115), 'transfer');
  battery.visit.handOver(battery.t(118));
  batteryInvoice.refund(battery.t(180), paid, 10_000, '폐배터리 반납 할인');

  const declined = visitOf(script, calendar, {
    key: 'declined',
    shop: 'gaon',
    car: 'cho',
    no: 104,
    complaint: '충전 경고등',
    services: ['ALT'],
  });
  const d = from(daysAgo(1, 230));
  declined.open(d(0));
  declined.diagnose(
    d(30),
    'gaon.lead',
    [{ system: '충전', severity: 'urgent', measured: '11.8 V', note: '발전기 출력이 부족합니다.' }],
    ['P0562'],
  );
  const quoted = declined.draft(d(40), ['ALT'], 0);
  declined.send(d(42));
  declined.decline(d(95), quoted, '비용이 부담됩니다.');
  declined.tell(d(100), declined.client, 'CancelOrder', { reasonCode: 'CUSTOMER_DECLINED' }, 'FORBIDDEN');
  const advisorCancel = { reasonCode: 'CUSTOMER_DECLINED', diagnosisFeeKrw: 35_000 };
  declined.byDesk(d(101), 'CancelOrder', advisorCancel);
  const fee = invoiceFor(script, calendar, declined, [
    { lineId: declined.id('fee'), name: '진단료', amountKrw: 35_000 },
  ]);
  declined.handOver(d(102), 'INVOICE_NOT_ISSUED');
  fee.draft(d(103));
  fee.issue(d(104), -1, -1);
  fee.pay(d(106), 'card');
  declined.handOver(d(108));

  const mapo = repair(
    script,
    calendar,
    { key: 'mapo-plugs', shop: 'mapo', car: 'yoon', no: 31, complaint: '공회전 떨림', services: ['PLUG'] },
    daysAgo(2, 220),
    'mapo.tech',
    1,
  );
  const mapoInvoice = invoiceFor(script, calendar, mapo.visit);
  mapoInvoice.draft(mapo.t(115));
  mapoInvoice.issue(mapo.t(116), -2, -2);
  mapo.visit.handOver(mapo.t(120));
  mapoInvoice.markOverdue(mapo.t(130), 'NOT_DUE');
  mapoInvoice.markOverdue(calendar.ago(310));
};
