import { text } from '../../kit/index.ts';

export const refusals = {
  ALREADY_OPEN: text('이미 있는 재고 품목입니다.', 'The warehouse keeps this part already.'),
  QTY_NOT_POSITIVE: text('수량은 1 이상이어야 합니다.', 'A quantity is one or more.'),
  NEGATIVE: text('0 이상이어야 합니다.', 'It is not negative.'),
  DUPLICATE_MOVEMENT: text('이미 기록된 입출고입니다.', 'This movement is recorded already.'),
  DUPLICATE_RESERVATION: text('이미 있는 재고 예약입니다.', 'This reservation exists already.'),
  DUPLICATE_LINE: text('이미 등록된 입고 예정입니다.', 'This inbound is noted already.'),
  FROZEN_FOR_COUNT: text('실사 중이라 입출고할 수 없습니다.', 'Stock is being counted; nothing moves.'),
  INSUFFICIENT_AVAILABLE: text('사용 가능한 재고가 부족합니다.', 'There is not enough free stock.'),
  NEGATIVE_STOCK: text('보유한 재고보다 많습니다.', 'That is more than is on hand.'),
  RESERVATION_UNKNOWN: text('해당하는 재고 예약이 없습니다.', 'There is no such reservation.'),
  RESERVATION_EXPIRED: text('재고 예약 기한이 지났습니다.', 'The reservation has expired.'),
  OVER_RESERVED_QTY: text('예약한 수량보다 많습니다.', 'That is more than was reserved.'),
  PART_RECALLED: text('리콜 중인 부품입니다.', 'The part is under recall.'),
  NEVER_ISSUED: text('출고한 적이 없는 작업입니다.', 'Nothing was issued for this.'),
  OVER_RETURN: text('출고한 수량보다 많이 반납할 수 없습니다.', 'No more comes back than went out.'),
  REASON_REQUIRED: text('조정 사유를 골라 주세요.', 'Choose a reason.'),
  ADJUST_NEEDS_APPROVAL: text(
    '금액이 커서 다른 사람의 승인이 필요합니다.',
    'A difference this large takes somebody else’s consent.',
  ),
  BELOW_RESERVED: text(
    '예약된 수량보다 적게 조정할 수 없습니다.',
    'Reserved stock would be missing; release it first.',
  ),
  TRANSFER_UNKNOWN: text('해당하는 이동이 없습니다.', 'No such transfer was sent here.'),
  ALREADY_COUNTING: text('이미 실사 중입니다.', 'It is being counted already.'),
  COUNT_UNKNOWN: text('진행 중인 실사가 아닙니다.', 'This count is not under way.'),
  OPEN_COUNT: text('실사를 먼저 마쳐 주세요.', 'Finish the count first.'),
} as const;
