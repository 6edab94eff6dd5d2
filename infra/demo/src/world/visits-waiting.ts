import { bookingOf } from './bookings.ts';
import type { Calendar } from './calendar.ts';
import type { Script } from './script.ts';
import { visitOf } from './visit.ts';

/** Cars that wait for an answer, a diagnosis or a first look. */
export const visitsWaiting = (script: Script, calendar: Calendar): void => {
  const { ago, daysAgo, at } = calendar;

  const kimBooked = bookingOf(
    script,
    'gaon',
    'kim',
    'kim',
    ['PADF', 'DIAG'],
    '브레이크를 밟으면 소리가 나고 차가 밀립니다.',
  );
  kimBooked.request(daysAgo(1, 90), at(0, '13:00'));
  kimBooked.confirm(daysAgo(1, 45), { bay: 3, start: at(0, '13:00'), minutes: 120 });
  kimBooked.checkIn(ago(130));
  const kim = visitOf(script, calendar, {
    key: 'kim',
    shop: 'gaon',
    car: 'kim',
    no: 111,
    complaint: '브레이크를 밟으면 소리가 나고 차가 밀립니다.',
    services: ['DISCF', 'OIL'],
    reservationId: kimBooked.reservationId,
    promisedAt: ago(-180),
  });
  kim.open(ago(125));
  kim.assign(ago(122), 'gaon.lead', 3);
  kim.diagnose(ago(100), 'gaon.lead', [
    { system: '제동', severity: 'urgent', measured: '1.2 mm', note: '앞 패드가 거의 없고 디스크가 패였습니다.' },
    { system: '엔진', severity: 'soon', note: '오일 교환 주기가 지났습니다.' },
  ]);
  kim.draft(ago(80));
  kim.send(ago(70));

  const truck = visitOf(script, calendar, {
    key: 'truck',
    shop: 'gaon',
    car: 'truck',
    no: 112,
    complaint: '앞쪽에서 소리가 납니다.',
    services: ['STRUT', 'PADF'],
    promisedAt: at(1, '12:00'),
  });
  truck.open(ago(170));
  truck.diagnose(ago(150), 'gaon.oh', [{ system: '현가', severity: 'soon', note: '앞 쇼버와 패드 교환을 권합니다.' }]);
  truck.draft(ago(142));
  truck.send(ago(140));

  const drafted = visitOf(script, calendar, {
    key: 'drafted',
    shop: 'gaon',
    car: 'kwon',
    no: 113,
    complaint: '시동 시 소음',
    services: ['WPUMP'],
  });
  drafted.open(ago(85));
  drafted.assign(ago(80), 'gaon.lead', 2);
  drafted.diagnose(ago(40), 'gaon.lead', [{ system: '냉각', severity: 'soon', note: '워터펌프 베어링 소음' }]);
  drafted.draft(ago(15));
  const assigned = visitOf(script, calendar, {
    key: 'assigned',
    shop: 'gaon',
    car: 'seo',
    no: 114,
    complaint: '타이어 공기압 경고',
    services: ['TYRE'],
  });
  assigned.open(ago(35));
  assigned.assign(ago(30), 'gaon.han', 4);
  const opened = visitOf(script, calendar, {
    key: 'opened',
    shop: 'gaon',
    car: 'lim',
    no: 115,
    complaint: '에어컨 바람이 약합니다.',
    services: ['CABIN'],
  });
  opened.open(ago(12));
  opened.tell(ago(6), opened.mechanic('gaon.oh'), 'AddNote', {
    text: '키는 2번 함에 있습니다.',
    visibility: 'workshop',
  });

  const mapo = visitOf(script, calendar, {
    key: 'mapo-pads',
    shop: 'mapo',
    car: 'ahn',
    no: 32,
    complaint: '제동 소음',
    services: ['PADF'],
  });
  mapo.open(ago(160));
  mapo.diagnose(ago(140), 'mapo.tech', [
    { system: '제동', severity: 'soon', measured: '2.6 mm', note: '앞 패드 교환' },
  ]);
  mapo.draft(ago(135));
  mapo.send(ago(133));
  mapo.approve(ago(110));
  mapo.start(ago(100), 'mapo.tech', 1);
};
