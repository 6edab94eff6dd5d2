import type { AnyProcess } from '../kit/index.ts';
import { CancellationCare } from './cancellation-care.ts';
import { CollectionReminder } from './collection-reminder.ts';
import { ContractWatch } from './contract-watch.ts';
import { CostBooking } from './cost-booking.ts';
import { CustodyCare } from './custody-care.ts';
import { Dispatch } from './dispatch.ts';
import { Erasure } from './erasure.ts';
import { EstimateExpiry } from './estimate-expiry.ts';
import { FleetExit } from './fleet-exit.ts';
import { FleetMaintenance } from './fleet-maintenance.ts';
import { InvoiceCare } from './invoice-care.ts';
import { InvoiceWatch } from './invoice-watch.ts';
import { LegalTransmission } from './legal-transmission.ts';
import { LowStock } from './low-stock.ts';
import { OpenTrip } from './open-trip.ts';
import { PartForJob } from './part-for-job.ts';
import { PlanEvaluation } from './plan-evaluation.ts';
import { PurchaseCare } from './purchase-care.ts';
import { PartRecall } from './recall.ts';
import { ReservationCare } from './reservation-care.ts';
import { StockHold } from './stock-hold.ts';
import { TripLogMonth } from './trip-log-month.ts';
import { WaitingForParts } from './waiting-for-parts.ts';
import { WarrantyWatch } from './warranty-watch.ts';

/** Every process manager, in the order of domain.md §3. */
export const processes: readonly AnyProcess[] = [
  PartForJob,
  WaitingForParts,
  PurchaseCare,
  PlanEvaluation,
  FleetMaintenance,
  EstimateExpiry,
  Dispatch,
  CustodyCare,
  CostBooking,
  InvoiceWatch,
  LowStock,
  ReservationCare,
  CancellationCare,
  ContractWatch,
  FleetExit,
  TripLogMonth,
  WarrantyWatch,
  LegalTransmission,
  Erasure,
  PartRecall,
  InvoiceCare,
  CollectionReminder,
  OpenTrip,
  StockHold,
];
