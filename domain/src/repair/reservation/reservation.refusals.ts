import { text } from '../../kit/index.ts';
import { refusals as bay } from '../bay-day/bay-day.refusals.ts';

export const refusals = {
  WORKSHOP_NOT_OPEN: text('지금은 예약을 받지 않는 정비소입니다.', 'The workshop takes no reservations now.'),
  SERVICE_NOT_OFFERED: text('이 정비소가 제공하지 않는 작업입니다.', 'The workshop does not offer this service.'),
  WANTED_IN_PAST: text('희망 시간이 이미 지났습니다.', 'A wanted time has passed.'),
  VEHICLE_ALREADY_BOOKED: text(
    '같은 날 이 정비소에 이미 예약된 차량입니다.',
    'This vehicle is booked at this workshop on that day already.',
  ),
  NO_ACCESS_TO_VEHICLE: text('이 차량을 맡길 권한이 없습니다.', 'The requester has no right to bring this vehicle.'),
  NOT_REQUESTED: text('답을 기다리는 예약 요청이 아닙니다.', 'The request is not waiting for an answer.'),
  NOT_YOURS: text(
    '이 정비소의 작업대나 담당자가 아니거나 제안받은 시간이 아닙니다.',
    'The bay or advisor is not of this workshop, or the slot was not proposed to you.',
  ),
  TOO_MANY_RESCHEDULES: text('예약은 세 번까지만 바꿀 수 있습니다.', 'A reservation can be moved three times at most.'),
  NOT_CONFIRMED: text('확정된 예약이 아닙니다.', 'The reservation is not confirmed.'),
  TOO_EARLY: text('예약 시간보다 24시간 넘게 이릅니다.', 'This is more than 24 hours before the slot.'),
  NOT_ARRIVED: text('아직 입고되지 않은 예약입니다.', 'The car has not arrived.'),
  ALREADY_ARRIVED: text('이미 입고되었거나 끝난 예약입니다.', 'The car has arrived, or the reservation has ended.'),
  GRACE_NOT_OVER: text(
    '예약 시간에서 30분이 지나지 않았습니다.',
    'Thirty minutes have not passed since the slot began.',
  ),
  SLOT_TAKEN: bay.SLOT_TAKEN,
  OUTSIDE_HOURS: bay.OUTSIDE_HOURS,
  TOO_SHORT: bay.TOO_SHORT,
} as const;
