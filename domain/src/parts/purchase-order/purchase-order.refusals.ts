import { text } from '../../kit/index.ts';

export const refusals = {
  SUPPLIER_NOT_CONNECTED: text('연결된 공급사가 아닙니다.', 'The supplier is not a connected partner.'),
  QTY_NOT_POSITIVE: text('수량은 1 이상이어야 합니다.', 'A quantity is one or more.'),
  ORIGIN_ALREADY_COVERED: text('이미 발주한 부족분입니다.', 'Another order covers this shortage already.'),
  NOT_DRAFT: text('작성 중인 발주서가 아닙니다.', 'The order is not a draft any more.'),
  LINE_UNKNOWN: text('해당하는 발주 항목이 없습니다.', 'There is no such line.'),
  OVER_LIMIT: text('한도를 넘어 승인이 필요합니다.', 'The order is above the limit and needs approval.'),
  SELF_APPROVAL: text('자신이 작성한 발주는 승인할 수 없습니다.', 'Nobody approves their own order.'),
  EMPTY: text('발주 항목이 없습니다.', 'The order has no lines.'),
  NOT_SUBMITTED: text('수주를 기다리는 발주가 아닙니다.', 'The order is not waiting for the supplier.'),
  QTY_OVER_ORDERED: text('발주한 수량보다 많습니다.', 'That is more than was ordered.'),
  LINE_RECEIVED: text('이미 모두 입고된 항목입니다.', 'The line has been received in full.'),
  NOT_ACCEPTED: text('수주된 발주가 아닙니다.', 'The supplier has not accepted the order.'),
  OVER_ACCEPTED_QTY: text('수주한 수량보다 많습니다.', 'That is more than was accepted.'),
  DUPLICATE_SHIPMENT: text('이미 기록된 발송입니다.', 'This shipment is recorded already.'),
  OVER_RECEIPT: text('수주한 수량과 허용 오차를 넘습니다.', 'That is more than was accepted, tolerance included.'),
  DUPLICATE_RECEIPT: text('이미 기록된 입고입니다.', 'This receipt is recorded already.'),
  NOTHING_RECEIVED: text('돌려보낼 입고 수량이 없습니다.', 'Nothing was received that could be returned or closed.'),
  DUPLICATE_RETURN: text('이미 기록된 반품입니다.', 'This return is recorded already.'),
  OPEN_LINES_NEED_REASON: text(
    '덜 들어온 항목이 있습니다. 사유를 적어 주세요.',
    'Lines are still open; say why it is closed.',
  ),
  ALREADY_SHIPPED: text('이미 발송되어 취소할 수 없습니다.', 'It has been shipped already.'),
} as const;
