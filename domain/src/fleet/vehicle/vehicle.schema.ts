import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, Km } from '../../shared/values.ts';
import * as input from './vehicle.inputs.ts';

const owner = allow(['OWNER', 'FLEET_MANAGER'], 'owner');
const user = allow(['OWNER', 'FLEET_MEMBER', 'FLEET_MANAGER'], 'assignee');
const garage = allow(['WORKSHOP_OWNER', 'SERVICE_ADVISOR', 'TECHNICIAN', 'LEAD_TECHNICIAN'], 'grantee');
const platform = allowAny('PLATFORM_ADMIN');
const kept = ['active', 'suspended'] as const;

export const commands = {
  RegisterVehicle: command({
    label: text('차량 등록하기', 'Register vehicle'),
    doc: text('차량을 소유자 이름으로 등록합니다.', 'Registers a vehicle for its owner.'),
    by: [owner, platform],
    in: ['none'],
    input: input.Register,
  }),
  ChangePlate: command({
    label: text('번호판 변경하기', 'Change plate'),
    doc: text('새 번호판을 기록합니다.', 'Records a new number plate.'),
    by: [owner, platform],
    in: kept,
    input: input.NewPlate,
  }),
  TransferOwnership: command({
    label: text('소유권 이전하기', 'Transfer ownership'),
    doc: text(
      '소유자를 바꿉니다. 열람 권한과 배정은 모두 끝납니다.',
      'Passes the vehicle to a new owner; every grant and assignment ends.',
    ),
    by: [owner, platform],
    in: kept,
    input: input.NewOwner,
  }),
  RecordOdometer: command({
    label: text('주행거리 기록하기', 'Record odometer'),
    doc: text('계기판의 주행거리를 기록합니다.', 'Records a reading of the odometer.'),
    by: [owner, user, garage],
    in: kept,
    input: input.Reading.extend(input.confirm),
  }),
  CorrectOdometer: command({
    label: text('주행거리 정정하기', 'Correct odometer'),
    doc: text('잘못 기록된 주행거리를 정정합니다.', 'Corrects a wrong reading; the wrong one stays in the history.'),
    by: [owner, platform],
    in: kept,
    input: input.Correction,
  }),
  TransferCustody: command({
    label: text('차량 인계하기', 'Hand over vehicle'),
    doc: text('차량과 열쇠를 넘긴 사실을 기록합니다.', 'Records who the car and its key went to.'),
    by: [owner, user],
    in: kept,
    input: input.Custody,
  }),
  AssignVehicle: command({
    label: text('차량 배정하기', 'Assign vehicle'),
    doc: text('구성원에게 차량을 배정합니다.', 'Assigns the vehicle to a member of the owning organisation.'),
    by: [allow(['FLEET_MANAGER'], 'owner')],
    in: ['active'],
    input: input.Assignment,
  }),
  EndAssignment: command({
    label: text('배정 끝내기', 'End assignment'),
    doc: text('차량 배정을 끝냅니다.', 'Ends an assignment.'),
    by: [allow(['FLEET_MANAGER'], 'owner')],
    in: kept,
    input: input.AssignmentEnd,
  }),
  GrantAccess: command({
    label: text('열람 허용하기', 'Grant access'),
    doc: text('정한 날까지 차량 정보 열람을 허용합니다.', 'Lets somebody see the vehicle’s data until a day.'),
    by: [owner],
    in: kept,
    input: input.Grant,
  }),
  RevokeAccess: command({
    label: text('열람 중지하기', 'Revoke access'),
    doc: text('열람 허용을 거둡니다.', 'Takes a grant back at once.'),
    by: [owner],
    in: kept,
    input: input.GrantRef,
  }),
  ReportTroubleCodes: command({
    label: text('고장 코드 기록하기', 'Report trouble codes'),
    doc: text('진단기에서 읽은 고장 코드를 기록합니다.', 'Records what a diagnostic session read.'),
    by: [owner, user, garage],
    in: kept,
    input: input.TroubleCodes,
  }),
  ResolveTroubleCode: command({
    label: text('고장 코드 해결하기', 'Resolve trouble code'),
    doc: text('정비로 해결된 고장 코드를 기록합니다.', 'Links a trouble code to the repair that cured it.'),
    by: [owner, garage],
    in: kept,
    input: input.Resolution,
  }),
  SetReminder: command({
    label: text('알림 설정하기', 'Set reminder'),
    doc: text('날짜나 주행거리에 맞춰 알림을 설정합니다.', 'Asks to be reminded on a day or at a mileage.'),
    by: [owner, user],
    in: kept,
    input: input.Reminder,
  }),
  CloseReminder: command({
    label: text('알림 끝내기', 'Close reminder'),
    doc: text('알림을 끝냅니다.', 'Closes a reminder.'),
    by: [owner, user],
    in: kept,
    input: input.ReminderEnd,
  }),
  RecordExternalService: command({
    label: text('외부 정비 기록하기', 'Record outside service'),
    doc: text('다른 곳에서 받은 정비를 기록합니다.', 'Records work done outside CarGoro.'),
    by: [owner, user],
    in: kept,
    input: input.ExternalService.extend(input.confirm),
  }),
  SuspendVehicle: command({
    label: text('운행 중지하기', 'Suspend vehicle'),
    doc: text('차량 운행을 중지합니다.', 'Takes the vehicle off the road.'),
    by: [owner, platform],
    in: ['active'],
    input: input.Suspension,
  }),
  ResumeVehicle: command({
    label: text('운행 재개하기', 'Resume vehicle'),
    doc: text('운행을 다시 시작합니다.', 'Puts the vehicle back on the road.'),
    by: [owner, platform],
    in: ['suspended'],
    input: input.Ref,
  }),
  RetireVehicle: command({
    label: text('차량 말소하기', 'Retire vehicle'),
    doc: text('매각, 폐차, 수출로 차량을 말소합니다.', 'Ends a vehicle’s life here: sold, scrapped or exported.'),
    by: [owner, platform],
    in: kept,
    input: input.Retirement,
  }),
};

export const events = {
  VehicleRegistered: event(input.Register.extend({ parties: z.array(Party) })),
  PlateChanged: event(input.NewPlate.extend({ before: z.string() })),
  OwnershipTransferred: event(input.NewOwner.extend({ from: input.VehicleOwner })),
  OdometerRecorded: event(input.Reading.extend({ deltaKm: z.int() })),
  /** `odometerKm` is what the odometer stands at once the reading is corrected. */
  OdometerCorrected: event(input.Correction.extend({ beforeKm: Km, odometerKm: Km })),
  CustodyTransferred: event(input.Custody.extend({ from: input.Custodian })),
  VehicleAssigned: event(input.Assignment),
  AssignmentEnded: event(input.AssignmentEnd),
  AccessGranted: event(input.Grant),
  AccessRevoked: event(input.GrantRef),
  TroubleCodesReported: event(input.TroubleCodes),
  TroubleCodeResolved: event(input.Resolution.extend({ dtc: Code })),
  ReminderSet: event(input.Reminder),
  ReminderClosed: event(input.ReminderEnd),
  ExternalServiceRecorded: event(input.ExternalService),
  VehicleSuspended: event(input.Suspension),
  VehicleResumed: event(input.Ref),
  VehicleRetired: event(input.Retirement),
};
