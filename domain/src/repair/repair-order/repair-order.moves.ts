import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  DiagnosisRecorded: { opened: 'diagnosed' },
  EstimateExpired: { awaitingApproval: ['approved', 'diagnosed'] },
  EstimateSent: {
    approved: 'awaitingApproval',
    declined: 'awaitingApproval',
    diagnosed: 'awaitingApproval',
    opened: 'awaitingApproval',
  },
  InspectionFailed: { qualityCheck: 'inProgress' },
  InspectionPassed: { qualityCheck: 'inspected' },
  LinesApproved: { awaitingApproval: 'approved', opened: 'approved' },
  LinesDeclined: { awaitingApproval: ['approved', 'declined'] },
  LinesDeferred: { awaitingApproval: ['approved', 'declined'] },
  RepairOrderCancelled: {
    approved: 'cancelled',
    awaitingApproval: 'cancelled',
    declined: 'cancelled',
    diagnosed: 'cancelled',
    inProgress: 'cancelled',
    onHold: 'cancelled',
    opened: 'cancelled',
  },
  RepairOrderCompleted: { inspected: 'completed' },
  RepairOrderOpened: { none: 'opened' },
  VehicleHandedOver: { cancelled: 'closed', completed: 'closed' },
  WorkFinished: { inProgress: 'qualityCheck' },
  WorkPaused: { inProgress: 'onHold' },
  WorkResumed: { onHold: 'inProgress' },
  WorkStarted: { approved: 'inProgress', awaitingApproval: 'inProgress', onHold: 'inProgress' },
} as const satisfies Moves;
