import { text } from '../../kit/index.ts';

export const refusals = {
  PLATE_FORMAT: text(
    '번호판 형식이 올바르지 않습니다. 예: 123가4567',
    'This is not a Korean plate, such as 123가4567.',
  ),
  PLATE_TAKEN: text('이미 등록된 번호판입니다.', 'A vehicle with this plate is registered already.'),
  VIN_FORMAT: text(
    '차대번호는 I, O, Q를 뺀 영문과 숫자 17자리입니다.',
    'A VIN has 17 letters and digits, never I, O or Q.',
  ),
  VIN_TAKEN: text('이미 등록된 차대번호입니다.', 'A vehicle with this VIN is registered already.'),
  DATE_IN_FUTURE: text('날짜가 미래입니다.', 'The date lies in the future.'),
  SAME_OWNER: text('이미 이 소유자의 차량입니다.', 'The vehicle belongs to this owner already.'),
  OPEN_REPAIR_OR_DELIVERY: text('진행 중인 정비나 탁송이 있습니다.', 'The vehicle has an open repair or delivery.'),
  ODOMETER_BACKWARDS: text(
    '주행거리가 앞선 기록과 맞지 않습니다.',
    'The mileage contradicts an earlier or later reading.',
  ),
  IMPLAUSIBLE_JUMP: text(
    '하루 1,500km를 넘는 주행입니다. 맞으면 확인 후 다시 보내 주세요.',
    'That is more than 1,500 km a day. Confirm if it is right.',
  ),
  EVENT_UNKNOWN: text('정정할 주행거리 기록이 없습니다.', 'There is no such reading to correct.'),
  APPROVER_IS_REPORTER: text(
    '기록한 사람은 정정을 승인할 수 없습니다.',
    'Who took the reading cannot approve its correction.',
  ),
  NOT_CURRENT_HOLDER: text('현재 차량을 가진 사람이 아닙니다.', 'Only who has the car now can hand it over.'),
  SAME_HOLDER: text('이미 그 사람이 차량을 가지고 있습니다.', 'They have the car already.'),
  OVERLAPPING_ASSIGNMENT: text('기간이 겹치는 배정이 있습니다.', 'Another assignment covers part of this time.'),
  ASSIGNMENT_UNKNOWN: text('해당하는 배정이 없습니다.', 'There is no such assignment.'),
  DATES_INVERTED: text('끝나는 날이 시작하는 날보다 빠릅니다.', 'It would end before it starts.'),
  NOT_MEMBER: text('차량을 소유한 조직의 구성원이 아닙니다.', 'This person is no member of the owning organisation.'),
  LICENCE_EXPIRED: text('유효한 운전면허가 없습니다.', 'This person has no valid driving licence.'),
  NOT_OWNER: text('차량 소유자만 할 수 있습니다.', 'Only the owner may do this.'),
  UNTIL_TOO_FAR: text('열람 기간은 1년을 넘을 수 없습니다.', 'Access lasts one year at most.'),
  UNTIL_IN_PAST: text('열람 기간이 이미 지났습니다.', 'The last day of the access has passed.'),
  GRANT_UNKNOWN: text('해당하는 열람 허용이 없습니다.', 'There is no such grant.'),
  NO_ACCESS_TO_VEHICLE: text('이 차량에 대한 권한이 없습니다.', 'There is no access to this vehicle.'),
  DTC_FORMAT: text('고장 코드 형식이 올바르지 않습니다. 예: P0420', 'This is not a trouble code, such as P0420.'),
  DUPLICATE_SESSION: text('이미 기록된 진단입니다.', 'This diagnostic session is recorded already.'),
  NOT_OPEN: text('열려 있는 고장 코드가 아닙니다.', 'This trouble code is not open.'),
  DUE_MISSING: text('날짜나 주행거리를 정해 주세요.', 'Name a day or a mileage.'),
  REMINDER_UNKNOWN: text('해당하는 알림이 없습니다.', 'There is no such reminder.'),
} as const;
