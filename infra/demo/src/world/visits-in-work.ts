import { invoiceFor } from './billing.ts';
import { bookingOf } from './bookings.ts';
import type { Calendar } from './calendar.ts';
import type { Script } from './script.ts';
import { visitOf } from './visit.ts';

/** Cars in work now, or ready to be fetched. */
export const visitsInWork = (script: Script, calendar: Calendar): void => {
  const { ago, daysAgo, at } = calendar;

  const plugs = visitOf(script, calendar, {
    key: 'plugs',
    shop: 'gaon',
    car: 'yoon',
    no: 105,
    complaint: '가속이 굼뜹니다.',
    services: ['PLUG'],
    promisedAt: ago(120),
  });
  plugs.open(ago(345));
  plugs.diagnose(ago(335), 'gaon.tech', [
    { system: '점화', severity: 'soon', measured: '1.3 mm', note: '간극이 넓습니다.' },
  ]);
  plugs.draft(ago(330));
  plugs.send(ago(328));
  plugs.approve(ago(310));
  plugs.requestParts(ago(309), 'gaon.tech');
  plugs.reserveParts(ago(305));
  plugs.start(ago(300), 'gaon.tech', 1);
  plugs.useParts(ago(280), 'gaon.tech');
  plugs.finish(ago(258), 'gaon.tech');
  plugs.finishWork(ago(255), 'gaon.tech');
  plugs.pass(ago(250));
  plugs.complete(ago(240));
  const plugsInvoice = invoiceFor(script, calendar, plugs);
  plugsInvoice.draft(ago(235));
  plugsInvoice.issue(ago(230), 0, 0);
  plugsInvoice.pay(ago(100), 'card', plugsInvoice.totalKrw + 10, 'OVERPAYMENT');
  plugsInvoice.pay(ago(99), 'cash', 50_000);

  const pads = visitOf(script, calendar, {
    key: 'rear-pads',
    shop: 'gaon',
    car: 'jang',
    no: 106,
    complaint: '뒤쪽에서 긁히는 소리',
    services: ['PADR'],
    promisedAt: ago(30),
  });
  pads.open(ago(340));
  pads.diagnose(ago(325), 'gaon.han', [
    { system: '제동', severity: 'urgent', measured: '1.8 mm', note: '뒤 패드가 한계입니다.' },
  ]);
  pads.draft(ago(322), ['PADR'], 0);
  pads.send(ago(320));
  pads.approveByPhone(ago(300));
  pads.requestParts(ago(299), 'gaon.han');
  pads.reserveParts(ago(295));
  pads.start(ago(290), 'gaon.han', 2);
  pads.useParts(ago(270), 'gaon.han');
  pads.finish(ago(240), 'gaon.han');
  pads.finishWork(ago(235), 'gaon.han');
  pads.pass(ago(225));
  pads.complete(ago(215));
  invoiceFor(script, calendar, pads).draft(ago(210));
  pads.handOver(ago(205), 'INVOICE_NOT_ISSUED');

  const short = visitOf(script, calendar, {
    key: 'alternator',
    shop: 'gaon',
    car: 'van',
    no: 107,
    complaint: '배터리 경고등',
    services: ['ALT'],
    promisedAt: at(1, '15:00'),
  });
  short.open(ago(380));
  short.diagnose(
    ago(370),
    'gaon.oh',
    [{ system: '충전', severity: 'urgent', measured: '12.1 V', note: '발전기 교환이 필요합니다.' }],
    ['P0622'],
  );
  short.draft(ago(365), ['ALT'], 0);
  short.send(ago(364));
  short.approve(ago(345));
  short.requestParts(ago(340), 'gaon.oh');
  short.start(ago(335), 'gaon.oh', 2);
  short.missParts(ago(320), calendar.day(1));
  short.tell(ago(315), short.mechanic('gaon.oh'), 'PauseWork', { reason: 'waitingParts' });

  const booked = bookingOf(script, 'gaon', 'fleet-service', 'sport', ['OIL', 'PADF'], '6만 km 점검');
  booked.request(daysAgo(2, 150), at(0, '09:00'));
  booked.confirm(daysAgo(2, 120), { bay: 1, start: at(0, '09:00'), minutes: 150 });
  booked.checkIn(ago(265));
  const checked = visitOf(script, calendar, {
    key: 'fleet-service',
    shop: 'gaon',
    car: 'sport',
    no: 108,
    complaint: '6만 km 점검',
    services: ['OIL', 'PADF'],
    reservationId: booked.reservationId,
    promisedAt: ago(-60),
  });
  checked.open(ago(260));
  checked.open(ago(259), 'ALREADY_EXISTS');
  checked.diagnose(ago(245), 'gaon.oh', [
    { system: '제동', severity: 'soon', measured: '3.2 mm', note: '앞 패드 교환을 권합니다.' },
  ]);
  checked.draft(ago(240));
  checked.send(ago(238));
  checked.approve(ago(215));
  checked.requestParts(ago(212), 'gaon.oh');
  checked.reserveParts(ago(205));
  checked.start(ago(200), 'gaon.oh', 1);
  checked.useParts(ago(150), 'gaon.oh');
  checked.finish(ago(62), 'gaon.oh');
  checked.finishWork(ago(58), 'gaon.oh');

  const pump = visitOf(script, calendar, {
    key: 'pump',
    shop: 'gaon',
    car: 'lee',
    no: 109,
    complaint: '냉각수가 샙니다.',
    services: ['WPUMP'],
    promisedAt: ago(-45),
  });
  pump.open(ago(220));
  pump.diagnose(ago(200), 'gaon.tech', [{ system: '냉각', severity: 'urgent', note: '워터펌프 누수' }], ['P0128']);
  pump.draft(ago(195), ['WPUMP'], 0);
  pump.send(ago(193));
  pump.approve(ago(165));
  pump.requestParts(ago(164), 'gaon.tech');
  pump.reserveParts(ago(160));
  pump.start(ago(150), 'gaon.tech', 3);
  pump.useParts(ago(90), 'gaon.tech');
  pump.tell(ago(60), pump.mechanic('gaon.tech'), 'ReportAdditionalWork', {
    findings: [
      { findingId: pump.id('finding/belt'), system: '구동', severity: 'soon', note: '구동 벨트에 균열이 있습니다.' },
    ],
  });
  pump.draft(ago(55), ['PLUG']);
  pump.send(ago(52));

  const struts = visitOf(script, calendar, {
    key: 'struts',
    shop: 'gaon',
    car: 'kang',
    no: 110,
    complaint: '과속방지턱에서 덜컹거립니다.',
    services: ['STRUT'],
    promisedAt: ago(-90),
  });
  struts.open(ago(200));
  struts.diagnose(ago(180), 'gaon.han', [{ system: '현가', severity: 'soon', note: '앞 쇼버 오일 누유' }]);
  struts.draft(ago(175));
  struts.send(ago(172));
  struts.start(ago(170), 'gaon.han', 4, struts.lines, 'WORK_NOT_APPROVED');
  struts.approve(ago(140));
  struts.requestParts(ago(138), 'gaon.han');
  struts.reserveParts(ago(130));
  struts.start(ago(121), 'gaon.oh', 4, struts.lines, 'EV_CERT_REQUIRED');
  struts.start(ago(120), 'gaon.han', 4);
};
