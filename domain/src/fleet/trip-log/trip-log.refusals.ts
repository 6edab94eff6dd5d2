import { text } from '../../kit/index.ts';

export const refusals = {
  OPENING_KM_MISMATCH: text('지난달 마감 주행거리와 다릅니다.', 'It is not the mileage last month was closed at.'),
  TRIP_OPEN: text('끝나지 않은 운행이 있습니다.', 'A trip is still under way.'),
  TRIP_UNKNOWN: text('해당하는 운행이 없습니다.', 'There is no such trip.'),
  NOT_ASSIGNED: text('이 차량을 배정받은 사람이 아닙니다.', 'The vehicle is not assigned to this person.'),
  NOT_YOURS: text('다른 사람의 운행은 바꿀 수 없습니다.', 'This is somebody else’s trip.'),
  KM_OVERLAP: text('다른 운행과 주행 구간이 겹칩니다.', 'These kilometres belong to another trip.'),
  KM_INVERTED: text('도착 주행거리가 출발보다 적습니다.', 'It would end at a lower mileage than it started.'),
  TIME_INVERTED: text('도착 시각이 출발보다 빠릅니다.', 'It would end before it started.'),
  OUTSIDE_MONTH: text('이 달의 운행이 아닙니다.', 'The trip did not start in this month.'),
  MONTH_CLOSED: text('제출하거나 마감한 달입니다.', 'The month has been submitted or closed.'),
  ENTRY_TOO_LATE: text('입력 기한이 지났습니다. 사유를 적어 주세요.', 'The entry is late; say why.'),
  REASON_REQUIRED: text('사유를 적어 주세요.', 'Say why.'),
  NO_GAP: text('설명할 빈 구간이 아닙니다.', 'There is no gap at these kilometres.'),
  UNEXPLAINED_GAP: text('설명하지 않은 빈 구간이 있습니다.', 'Some kilometres are not accounted for.'),
  OPEN_TRIP: text('끝나지 않은 운행이 있습니다.', 'A trip is still under way.'),
  SELF_APPROVAL: text('자신의 기록은 승인할 수 없습니다.', 'Nobody approves their own log.'),
  YEAR_CLOSED: text('마감된 연도입니다.', 'The year is closed.'),
} as const;
