import { text } from '../../kit/index.ts';
import { template } from './template.ts';

/** About appointments, estimates, drivers and money: somebody waits for an answer, or something came to nothing. */
export const careTemplates = {
  reservationAwaitsAnswer: template(
    text('예약 요청에 답해 주세요', 'A reservation awaits your answer'),
    text('아직 답하지 않은 예약 요청이 있습니다.', 'A reservation was requested and not answered yet.'),
  ),
  reservationProposed: template(
    text('예약 시간을 확인해 주세요', 'A time was proposed'),
    text('정비소가 {when}을 제안했습니다. 확정해 주세요.', 'The workshop proposes {when}. Please confirm it.'),
  ),
  reservationSoon: template(
    text('내일 정비 예약이 있습니다', 'Your appointment is tomorrow'),
    text('{when}에 정비 예약이 있습니다.', 'Your appointment at the workshop is at {when}.'),
  ),
  reservationLate: template(
    text('입고를 확인해 주세요', 'Has the car arrived?'),
    text(
      '{when} 예약 차량이 아직 접수되지 않았습니다. 도착했으면 입고를 접수해 주세요.',
      'The car booked for {when} has not been checked in. Check it in if it is here.',
    ),
  ),
  reservationDeclined: template(
    text('예약을 받지 못했습니다', 'A reservation was declined'),
    text('정비소가 예약을 받지 못했습니다.', 'The workshop could not take the reservation.'),
  ),
  reservationEnded: template(
    text('예약이 끝났습니다', 'A reservation has ended'),
    text('정비소의 답이 없어 예약이 끝났습니다.', 'It ended for want of an answer from the workshop.'),
  ),
  reservationMissed: template(
    text('예약 시간에 차가 오지 않았습니다', 'A car did not come'),
    text(
      '예약한 시간에 차가 오지 않아 예약이 끝났습니다.',
      'The car did not come at its time; the reservation is over.',
    ),
  ),
  reservationCancelled: template(
    text('예약이 취소되었습니다', 'A reservation was cancelled'),
    text('예약이 취소되어 그 시간이 비었습니다.', 'The reservation was cancelled; its time is free again.'),
  ),
  lateFeeToCharge: template(
    text('청구할 취소 수수료가 있습니다', 'A late fee to charge'),
    text('늦은 취소나 노쇼의 수수료는 {feeKrw}원입니다.', 'A late cancellation or no-show costs {feeKrw} won.'),
  ),
  lateFeeOwed: template(
    text('취소 수수료가 있습니다', 'A late fee is owed'),
    text('늦은 취소나 노쇼로 {feeKrw}원이 청구될 수 있습니다.', 'You may be charged {feeKrw} won for it.'),
  ),
  estimateAwaitsAnswer: template(
    text('견적을 확인해 주세요', 'An estimate awaits your answer'),
    text('견적에 {until}까지 답해 주세요.', 'Please answer the estimate by {until}.'),
  ),
  estimateEndsSoon: template(
    text('견적이 곧 만료됩니다', 'An estimate ends soon'),
    text(
      '하루 동안 답이 없었습니다. {until}까지 답하지 않으면 견적이 만료됩니다.',
      'A day has passed. Without an answer by {until} the estimate ends.',
    ),
    { bySms: true },
  ),
  estimateNeedsCall: template(
    text('고객에게 전화해 주세요', 'Call the customer'),
    text('견적에 답이 없고 {until}에 만료됩니다.', 'There is no answer, and the estimate ends at {until}.'),
  ),
  estimateNeedsApprover: template(
    text('견적 승인이 늦어지고 있습니다', 'An approval is slow'),
    text(
      '견적이 승인을 기다립니다. 다음 승인자가 확인해 주세요.',
      'An estimate waits for approval. The next approver should look at it.',
    ),
  ),
  costNotBooked: template(
    text('비용을 직접 기록해 주세요', 'Book a cost by hand'),
    text('비용의 자동 기록이 거절되었습니다 ({code}).', 'The automatic booking was refused ({code}).'),
  ),
  costNotReversed: template(
    text('취소된 비용을 확인해 주세요', 'A cost was not reversed'),
    text('청구가 취소되었지만 비용이 남아 있습니다 ({code}).', 'The invoice was credited; its cost stands ({code}).'),
  ),
  repairNotInvoiced: template(
    text('청구하지 않은 정비가 있습니다', 'A repair is not invoiced'),
    text(
      '끝난 정비의 {dueKrw}원이 아직 청구되지 않았습니다. 청구서를 발행해 주세요.',
      '{dueKrw} won of a repair that is over are not invoiced. Issue the invoice.',
    ),
  ),
  invoiceToWriteOff: template(
    text('오래 연체된 청구서가 있습니다', 'An invoice is long overdue'),
    text('납기일에서 60일이 지났습니다. 대손을 검토해 주세요.', 'Sixty days have passed. Consider writing it off.'),
  ),
  creditNoteToIssue: template(
    text('취소 계산서를 발행해 주세요', 'A credit note to issue'),
    text(
      '받은 대금 {amountKrw}원을 환불했습니다. 취소 계산서를 발행해 주세요.',
      '{amountKrw} won were refunded. Issue the credit note for it.',
    ),
  ),
  carNotCollected: template(
    text('차를 찾아가 주세요', 'Please collect the car'),
    text('차를 찾아가실 수 있게 된 지 3일이 지났습니다.', 'It has been ready to be collected for three days.'),
  ),
  tripStillOpen: template(
    text('운행을 끝내셨나요?', 'Is the trip over?'),
    text('12시간 넘게 끝나지 않은 운행이 있습니다.', 'A trip has been open for more than twelve hours.'),
  ),
  tripEndedUnread: template(
    text('끝나지 않은 운행을 마감했습니다', 'A trip was ended for you'),
    text(
      '하루 동안 끝나지 않은 운행을 출발 주행거리에서 마감했습니다. 도착 주행거리를 고치거나 빈 구간을 설명해 주세요.',
      'A trip open for a day was ended at the mileage it began with. Correct its end, or explain the gap it leaves.',
    ),
  ),
  repairCancelled: template(
    text('정비가 취소되었습니다', 'A repair was cancelled'),
    text('정비가 취소되었습니다. 차량을 찾아가 주세요.', 'The repair was cancelled; the car is to be collected.'),
  ),
  carToMakeSafe: template(
    text('차량을 안전한 상태로 만들어 주세요', 'Make the car safe to move'),
    text(
      '작업 중에 취소된 차량입니다. 인도하기 전에 바퀴 체결, 제동, 조향, 누유·누수, 배선을 확인해 주세요.',
      'The repair was cancelled during work. Check wheels, brakes, steering, leaks and wiring before the car is handed over.',
    ),
  ),
  diagnosisFeeDrafted: template(
    text('진단료 청구서를 확인해 주세요', 'A diagnosis fee to invoice'),
    text('취소된 정비의 진단료는 {feeKrw}원입니다.', 'The diagnosis of the cancelled repair costs {feeKrw} won.'),
  ),
  diagnosisFeeToAdd: template(
    text('진단료를 청구서에 더해 주세요', 'Add a diagnosis fee by hand'),
    text(
      '이미 청구서가 있는 정비라 진단료 {feeKrw}원을 따로 청구하지 못했습니다.',
      'The repair has its invoice already; the diagnosis fee of {feeKrw} won was not charged.',
    ),
  ),
  cancellationStepRefused: template(
    text('취소 뒷정리를 확인해 주세요', 'Something is left to undo'),
    text('{step} 단계가 거절되었습니다 ({code}).', '{step} was refused ({code}).'),
  ),
  driverMustMove: template(
    text('출발해 주세요', 'Time to go'),
    text('약속한 인수 시간이 시작되었습니다.', 'The time to fetch the car has begun.'),
    { urgent: true },
  ),
  driverDoesNotMove: template(
    text('기사가 출발하지 않았습니다', 'A driver does not move'),
    text('배정된 기사가 아직 출발하지 않았습니다.', 'The driver who has the job has not set out.'),
    { urgent: true },
  ),
  dispatchExhausted: template(
    text('기사를 찾지 못했습니다', 'No driver was found'),
    text('수락한 기사가 없습니다. 직접 배정해 주세요.', 'Nobody took the job. Please assign a driver.'),
    { urgent: true },
  ),
  fareRaiseProposed: template(
    text('요금을 올리면 빨라집니다', 'A higher fare may help'),
    text(
      '기사를 찾지 못했습니다. 요금을 {proposedKrw}원으로 올려 다시 찾을 수 있습니다.',
      'No driver was found yet. The search goes better with a fare of {proposedKrw} won.',
    ),
  ),
  deliveryCancelled: template(
    text('탁송이 취소되었습니다', 'A delivery was cancelled'),
    text(
      '탁송이 취소되었습니다. 필요하면 다시 요청해 주세요.',
      'It was cancelled. Ask again if the car is to be moved.',
    ),
  ),
  deliveryFailed: template(
    text('탁송을 끝내지 못했습니다', 'A delivery failed'),
    text(
      '탁송이 중단되어 차가 다른 곳에 있습니다: {reason}',
      'The delivery broke off and the car stands elsewhere: {reason}',
    ),
    { urgent: true },
  ),
} as const;
