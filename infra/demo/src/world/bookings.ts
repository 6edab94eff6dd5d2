import { type Actor, plusMinutes, processActor } from '@cargoro/domain';
import { personaOf } from '../personas.ts';
import type { Calendar } from './calendar.ts';
import { as, asPerson, bayOf, type CarName, cars, workshops } from './cast.ts';
import type { ServiceCode } from './catalogue.ts';
import type { Script } from './script.ts';

type Slot = { readonly bay: number; readonly start: string; readonly minutes: number };

/** An appointment, told stage by stage. */
export const bookingOf = (
  script: Script,
  shop: 'gaon' | 'mapo',
  key: string,
  carName: CarName,
  services: readonly ServiceCode[],
  complaint: string,
) => {
  const story = script.story(`booking/${key}`);
  const reservationId = story.id('reservation');
  const { vehicleId, owner, odometerKm } = cars[carName];
  const isFleet = owner.kind === 'org';
  const customer: Actor = isFleet ? as('hangyeol.manager') : asPerson(owner.id);
  const desk = as(shop === 'gaon' ? 'gaon.advisor' : 'mapo.advisor');
  const tell = (at: string, by: Actor, type: string, input: object, refused?: string) =>
    story.tell(at, by, type, { reservationId, ...input }, refused);
  const times = ({ bay, start, minutes }: Slot) => ({
    bayId: bayOf(shop, bay),
    start,
    end: plusMinutes(start, minutes),
  });
  return {
    reservationId,
    request: (at: string, from: string, refused?: string) =>
      tell(
        at,
        customer,
        'RequestReservation',
        {
          workshopId: workshops[shop].workshopId,
          vehicleId,
          requester: { kind: isFleet ? 'fleet' : 'owner', id: owner.id },
          wanted: [{ from, to: plusMinutes(from, 180) }],
          services: services.map((code) => ({ code })),
          complaint,
        },
        refused,
      ),
    propose: (at: string, slot: Slot) =>
      tell(at, desk, 'ProposeSlot', { ...times(slot), note: '이 시간은 어떠신가요?' }),
    confirm: (at: string, slot: Slot, refused?: string) =>
      tell(at, desk, 'ConfirmReservation', { ...times(slot), advisorId: desk.id }, refused),
    reschedule: (at: string, slot: Slot) =>
      tell(at, customer, 'RescheduleReservation', { ...times(slot), by: '고객', reason: '일정 변경' }),
    checkIn: (at: string) =>
      tell(at, desk, 'CheckIn', { at, odometerKm: odometerKm + 40, by: personaOf('gaon.advisor').name.ko }),
    cancel: (at: string, reasonCode: string) => tell(at, customer, 'CancelReservation', { by: '고객', reasonCode }),
    decline: (at: string, reason: string) => tell(at, desk, 'DeclineReservation', { reason }),
    expire: (at: string) => tell(at, processActor('booking'), 'ExpireReservation', {}),
    noShow: (at: string, refused?: string) => tell(at, desk, 'RecordNoShow', {}, refused),
  };
};

/** Appointments that come to nothing, or are still to come. */
export const bookings = (script: Script, { daysAgo, ago, at }: Calendar): void => {
  const arrived = bookingOf(script, 'gaon', 'arrived', 'cho', ['WPUMP'], '수온이 자꾸 올라갑니다.');
  arrived.request(daysAgo(1, 220), at(0, '16:00'));
  arrived.confirm(daysAgo(1, 180), { bay: 2, start: at(0, '16:30'), minutes: 180 });
  arrived.checkIn(ago(8));

  const asked = bookingOf(script, 'gaon', 'asked', 'jung', ['PADF'], '브레이크를 밟으면 끼익 소리가 납니다.');
  asked.request(ago(25), at(1, '10:00'));
  const fleetAsked = bookingOf(
    script,
    'gaon',
    'fleet-asked',
    'sedan',
    ['OIL', 'TYRE'],
    '정기 점검과 타이어 교환 부탁드립니다.',
  );
  fleetAsked.request(ago(50), at(2, '09:00'));

  const proposed = bookingOf(script, 'gaon', 'proposed', 'kim', ['OIL'], '엔진오일 교환');
  proposed.request(ago(90), at(3, '14:00'));
  proposed.propose(ago(20), { bay: 3, start: at(3, '15:00'), minutes: 60 });

  const tomorrow = bookingOf(script, 'gaon', 'tomorrow', 'choi', ['STRUT'], '요철을 지날 때 앞쪽에서 소리가 납니다.');
  tomorrow.request(daysAgo(1, 200), at(1, '09:00'));
  tomorrow.confirm(daysAgo(1, 150), { bay: 1, start: at(1, '09:00'), minutes: 180 });
  const clash = bookingOf(script, 'gaon', 'clash', 'jang', ['WPUMP'], '냉각수가 줄어듭니다.');
  clash.request(daysAgo(1, 140), at(1, '09:30'));
  clash.confirm(daysAgo(1, 120), { bay: 1, start: at(1, '10:00'), minutes: 120 }, 'SLOT_TAKEN');
  clash.confirm(daysAgo(1, 119), { bay: 2, start: at(1, '10:00'), minutes: 180 });
  clash.reschedule(ago(200), { bay: 2, start: at(1, '13:00'), minutes: 180 });

  const declined = bookingOf(script, 'gaon', 'declined', 'seo', ['TYRE'], '타이어에 못이 박혔습니다.');
  declined.request(daysAgo(2, 100), at(-1, '09:00'));
  declined.decline(daysAgo(2, 70), '당일 부품 확보가 어렵습니다.');
  const cancelled = bookingOf(script, 'gaon', 'cancelled', 'yoon', ['PLUG'], '공회전이 불안정합니다.');
  cancelled.request(daysAgo(2, 90), at(2, '11:00'));
  cancelled.confirm(daysAgo(2, 60), { bay: 4, start: at(2, '11:00'), minutes: 90 });
  cancelled.cancel(daysAgo(1, 30), 'CHANGED_MIND');
  const expired = bookingOf(script, 'mapo', 'expired', 'lim', ['OIL'], '엔진오일 교환');
  expired.request(daysAgo(2, 80), at(2, '09:00'));
  expired.expire(ago(300));
  const missed = bookingOf(script, 'gaon', 'missed', 'lim', ['DIAG'], '경고등이 켜졌습니다.');
  missed.request(daysAgo(3, 120), at(-1, '09:00'));
  missed.confirm(daysAgo(3, 100), { bay: 4, start: at(-1, '09:00'), minutes: 60 });
  missed.noShow(daysAgo(2, 40), 'GRACE_NOT_OVER');
  missed.noShow(at(-1, '09:40'));
};
