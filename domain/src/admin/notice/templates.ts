import { text } from '../../kit/index.ts';
import { careTemplates } from './care.templates.ts';
import { type NoticeTemplate, template } from './template.ts';

/** Every message the processes send. Ids among the values lead to the record; they are not for reading. */
export const noticeTemplates = {
  partArrived: template(
    text('부품이 도착했습니다', 'A part has arrived'),
    text(
      '기다리던 부품이 들어왔습니다. 작업을 이어갈 수 있습니다.',
      'The part the job waits for is here. Work can go on.',
    ),
  ),
  partComesLate: template(
    text('부품이 약속보다 늦습니다', 'A part will be late'),
    text(
      '부품 입고 예정일이 {expectedOn}로, 고객과 약속한 시각보다 늦습니다. 대체품을 권하거나 고객에게 알려 주세요.',
      'The part is expected on {expectedOn}, after the time promised to the customer. Offer a substitute or tell the customer.',
    ),
  ),
  partWithoutSupplier: template(
    text('부품을 주문할 곳이 없습니다', 'No supplier for a part'),
    text(
      '이 부품의 공급사가 정해지지 않았습니다. 공급사를 정하거나 직접 주문해 주세요.',
      'No supplier is set for this part. Set one, or order it by hand.',
    ),
  ),
  partOrderRefused: template(
    text('부품 주문이 거절되었습니다', 'A part order was refused'),
    text(
      '자동 주문이 거절되었습니다 ({code}). 직접 확인해 주세요.',
      'The automatic order was refused ({code}). Please look at it.',
    ),
  ),
  partMovementRefused: template(
    text('부품 출고를 확인해 주세요', 'Check the movement of a part'),
    text('부품의 출고나 반납이 거절되었습니다 ({code}).', 'Issuing or returning a part was refused ({code}).'),
  ),
  orderedPartBecomesStock: template(
    text('주문한 부품이 재고로 돌아갑니다', 'An ordered part becomes stock'),
    text(
      '작업이 끝나거나 취소되어, 이미 출발한 부품은 재고로 들어갑니다.',
      'The job needs it no more; the part is on its way and becomes free stock.',
    ),
  ),
  lowStockWithoutSupplier: template(
    text('재고가 부족하지만 공급사가 없습니다', 'Stock is low and has no supplier'),
    text('최소 재고 아래로 내려갔습니다. 공급사를 정해 주세요.', 'Stock fell below its minimum. Set a supplier.'),
  ),
  purchaseNeedsApproval: template(
    text('발주 승인이 필요합니다', 'A purchase needs approval'),
    text('자동 발주 한도를 넘는 발주가 승인을 기다립니다.', 'A purchase above the automatic limit waits for approval.'),
  ),
  purchaseAwaitsAnswer: template(
    text('발주에 답해 주세요', 'An order awaits your answer'),
    text('받은 발주에 아직 답하지 않았습니다.', 'An order was received and not answered yet.'),
  ),
  purchaseDeclined: template(
    text('공급사가 발주를 거절했습니다', 'A supplier declined an order'),
    text(
      '공급사가 발주를 받지 않았습니다. 다른 곳에 주문해 주세요.',
      'The supplier does not take the order. Order elsewhere.',
    ),
  ),
  purchaseCancelled: template(
    text('발주가 취소되었습니다', 'An order was cancelled'),
    text(
      '이 발주는 취소되었습니다. 아직 보내지 않은 물건은 보내지 마세요.',
      'The order was cancelled. Send nothing that is not on its way.',
    ),
  ),
  purchaseLineDropped: template(
    text('발주에서 한 항목이 빠졌습니다', 'A line of an order was cancelled'),
    text(
      '이 부품이 필요한 작업이 없어졌습니다. 발주의 다른 항목은 그대로입니다.',
      'The job that needed this part is gone. The other lines of the order stand.',
    ),
  ),
  purchasePenaltyToCharge: template(
    text('청구할 위약금이 있습니다', 'A charge to make'),
    text(
      '취소된 발주의 위약금 {feeKrw}원을 청구할 수 있습니다.',
      'You may charge {feeKrw} won for the cancelled order.',
    ),
  ),
  purchaseUnanswered: template(
    text('공급사가 답하지 않습니다', 'A supplier does not answer'),
    text(
      '발주에 24시간 동안 답이 없습니다. 다른 공급사를 고려해 주세요.',
      'There was no answer for 24 hours. Consider another supplier.',
    ),
  ),
  purchasePromiseBroken: template(
    text('약속한 납기가 지났습니다', 'A promised date has passed'),
    text(
      '{promisedOn}까지 약속한 부품이 도착하지 않았습니다. 새 납기를 알려 주세요.',
      'What was promised for {promisedOn} has not arrived. Give a new date.',
    ),
  ),
  purchaseIsLate: template(
    text('발주가 늦어지고 있습니다', 'A purchase is late'),
    text('{promisedOn}에 오기로 한 부품이 도착하지 않았습니다.', 'What was promised for {promisedOn} has not arrived.'),
  ),
  partRecalled: template(
    text('리콜 안내', 'Recall'),
    text('차량에 쓰인 부품이 리콜 대상입니다: {reason}', 'A part in the vehicle is recalled: {reason}'),
  ),
  maintenanceDue: template(
    text('정비할 때가 되었습니다', 'Maintenance is due'),
    text('정비할 항목: {items}', 'Items due: {items}'),
  ),
  maintenanceNeedsPerson: template(
    text('정비 예약을 직접 잡아 주세요', 'Book this maintenance by hand'),
    text('예약을 받는 정비소를 찾지 못했습니다. 항목: {items}', 'No workshop took the booking. Items: {items}'),
  ),
  maintenanceCancelled: template(
    text('정비가 취소되었습니다', 'Maintenance was cancelled'),
    text('다시 예약해야 하는 항목: {items}', 'To be booked again: {items}'),
  ),
  maintenanceStepRefused: template(
    text('정비 진행이 멈췄습니다', 'A maintenance step was refused'),
    text(
      '{step} 단계가 거절되었습니다 ({code}). 직접 확인해 주세요.',
      '{step} was refused ({code}). Please look at it.',
    ),
  ),
  maintenanceCostMissing: template(
    text('정비 비용이 기록되지 않았습니다', 'The cost of maintenance is missing'),
    text(
      '끝난 정비의 비용이 계약에 기록되지 않았습니다.',
      'The work is done, but its cost was not booked on the contract.',
    ),
  ),
  pickupPlaceMissing: template(
    text('차를 가져올 곳을 알 수 없습니다', 'No place to fetch the car from'),
    text('차고지가 정해지지 않아 탁송을 부를 수 없습니다.', 'The vehicle has no base, so no delivery can be ordered.'),
  ),
  pickupUnassigned: template(
    text('탁송 기사가 배정되지 않았습니다', 'No driver for a pick-up'),
    text('정비소로 보낼 기사를 아직 찾지 못했습니다.', 'No driver has been found to bring the car to the workshop.'),
    { urgent: true },
  ),
  contractExpiring: template(
    text('계약이 곧 끝납니다', 'A contract ends soon'),
    text('차량 계약이 {endsOn}에 끝납니다.', 'A vehicle contract ends on {endsOn}.'),
  ),
  contractOver: template(
    text('계약이 끝났습니다', 'A contract is over'),
    text(
      '차량 계약이 {endsOn}에 끝났습니다. 차량 배정과 앞으로의 정비 예약을 정리합니다.',
      'A vehicle contract ended on {endsOn}. Assignments of its cars and appointments to come are ended.',
    ),
  ),
  ledgerNotClosed: template(
    text('{year}년 비용 원장을 마감하지 못했습니다', 'The ledger of {year} could not be closed'),
    text(
      '끝난 계약의 {year}년 운행기록부가 아직 마감되지 않았습니다. 운행기록부를 마감한 뒤 원장을 마감해 주세요.',
      'Trip logs of {year} under a contract that is over are still open. Close them, then the ledger.',
    ),
  ),
  supplementFreesBay: template(
    text('추가 작업 답변을 기다리는 차량이 있습니다', 'A job waits for the answer to extra work'),
    text(
      '2시간 동안 답변이 없고 다른 작업도 남지 않아 작업대 시간을 비웠습니다. 다음 차량을 넣어 주세요.',
      'Nobody has answered for two hours and there is nothing else to do. The bay is free for the next car.',
    ),
  ),
  purchasePenaltyOwed: template(
    text('발주 취소 위약금', 'A charge for a cancelled order'),
    text(
      '공급사가 수락한 발주를 취소해 위약금 {feeKrw}원이 청구될 수 있습니다.',
      'The supplier had accepted the order; it may charge {feeKrw} won for the cancellation.',
    ),
  ),
  budgetReached: template(
    text('예산에 도달했습니다', 'A budget threshold is reached'),
    text(
      '{year}년 {category} 예산의 {percent}%를 썼습니다.',
      '{percent}% of the {category} budget of {year} is spent.',
    ),
  ),
  tripLogDue: template(
    text('운행기록부를 제출해 주세요', 'Submit the trip log'),
    text('{month} 운행기록부를 제출할 때입니다.', 'The trip log of {month} is due.'),
  ),
  tripLogSubmitted: template(
    text('운행기록부가 제출되었습니다', 'A trip log was submitted'),
    text('{month} 운행기록부를 확인하고 마감해 주세요.', 'Check the trip log of {month} and close it.'),
  ),
  tripLogOverdue: template(
    text('운행기록부 마감이 늦었습니다', 'A trip log is overdue'),
    text('{month} 운행기록부가 아직 마감되지 않았습니다.', 'The trip log of {month} is not closed yet.'),
  ),
  warrantyEnds: template(
    text('정비 보증이 곧 끝납니다', 'A repair warranty ends soon'),
    text(
      '이 정비의 보증은 {untilOn}까지입니다. 불편한 점이 있으면 그 전에 찾아 주세요.',
      'The warranty of this repair lasts until {untilOn}. If anything is wrong, come before that.',
    ),
  ),
  warrantyComeback: template(
    text('보증 재입고', 'A warranty comeback'),
    text('보증 기간 안에 다시 들어온 차량입니다.', 'The car came back within its warranty.'),
  ),
  legalReportFailed: template(
    text('정비 이력 전송이 되지 않았습니다', 'A legal report could not be sent'),
    text('정비 이력을 전송하지 못했습니다: {reason}', 'The repair record could not be transmitted: {reason}'),
  ),
  legalReportsWait: template(
    text('정비 이력을 보낼 곳이 없습니다', 'Legal reports have nowhere to go'),
    text(
      '전송 주소(ministry.endpoint)가 정해지지 않아 끝난 정비의 이력이 기다리고 있습니다. 주소를 정하면 하루 안에 전송됩니다.',
      'No end point (ministry.endpoint) is set, so the records of finished work wait. They go out within a day once it is.',
    ),
  ),
  erasureWaits: template(
    text('개인정보 삭제가 기다리고 있습니다', 'Your erasure has to wait'),
    text(
      '아직 삭제할 수 없는 이유가 있습니다 ({code}). 매일 다시 시도합니다.',
      'Something still stands against it ({code}). It is tried again every day.',
    ),
  ),
  erasureStuck: template(
    text('개인정보 삭제가 멈춰 있습니다', 'An erasure is stuck'),
    text('삭제 요청이 계속 거절됩니다 ({code}).', 'An erasure request is refused again and again ({code}).'),
  ),
  ...careTemplates,
} as const satisfies Readonly<Record<string, NoticeTemplate>>;

export type NoticeName = keyof typeof noticeTemplates;
export const noticeNames = Object.keys(noticeTemplates) as [NoticeName, ...NoticeName[]];

/** A text with its values filled in; a value that is missing stays as `{name}`. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
