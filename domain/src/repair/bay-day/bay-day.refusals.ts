import { text } from '../../kit/index.ts';

export const refusals = {
  SLOT_TAKEN: text('이미 잡힌 시간입니다.', 'This time is taken.'),
  OUTSIDE_HOURS: text(
    '영업시간이나 작업대 사용 기간을 벗어났습니다.',
    'This is outside the opening hours or the bay is not in use.',
  ),
  TOO_SHORT: text('15분보다 짧게 잡을 수 없습니다.', 'A slot lasts 15 minutes at least.'),
  HOLD_UNKNOWN: text('잡아둔 시간이 없습니다.', 'There is no such hold.'),
  HOLD_EXPIRED: text('잡아둔 시간이 만료되었습니다.', 'The hold has lapsed.'),
  STILL_BOOKED: text(
    '확정된 예약의 시간입니다. 예약을 취소하거나 시간을 옮겨 주세요.',
    'A confirmed appointment counts on this time. Cancel or move the appointment.',
  ),
  NOT_CONFIRMED: text('확정되지 않은 시간입니다.', 'The slot is not confirmed.'),
  ALREADY_STARTED: text('이미 사용을 시작했습니다.', 'Use has started already.'),
} as const;
