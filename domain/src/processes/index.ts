import type { AnyProcess } from '../kit/index.ts';
import { ContractWatch } from './contract-watch.ts';
import { CustodyCare } from './custody-care.ts';
import { Erasure } from './erasure.ts';
import { EstimateExpiry } from './estimate-expiry.ts';
import { FleetMaintenance } from './fleet-maintenance.ts';
import { LegalTransmission } from './legal-transmission.ts';
import { LowStock } from './low-stock.ts';
import { PartForJob } from './part-for-job.ts';
import { PlanEvaluation } from './plan-evaluation.ts';
import { PurchaseCare } from './purchase-care.ts';
import { PartRecall } from './recall.ts';
import { TripLogMonth } from './trip-log-month.ts';
import { WarrantyWatch } from './warranty-watch.ts';

/** Every process manager, in the order of domain.md §3. */
export const processes: readonly AnyProcess[] = [
  PartForJob,
  PurchaseCare,
  PlanEvaluation,
  FleetMaintenance,
  EstimateExpiry,
  CustodyCare,
  LowStock,
  ContractWatch,
  TripLogMonth,
  WarrantyWatch,
  LegalTransmission,
  Erasure,
  PartRecall,
];
