import { AuditCase } from './admin/audit-case/audit-case.ts';
import { Setting } from './admin/setting/setting.ts';
import { Organization } from './core/organization/organization.ts';
import { UserAccount } from './core/user-account/user-account.ts';
import { Delivery } from './delivery/delivery/delivery.ts';
import { DriverShift, shiftId } from './delivery/driver-shift/driver-shift.ts';
import { FleetContract } from './fleet/contract/fleet-contract.ts';
import { FleetLedger } from './fleet/ledger/fleet-ledger.ts';
import { MaintenancePlan } from './fleet/maintenance-plan/maintenance-plan.ts';
import { FleetPolicy } from './fleet/policy/fleet-policy.ts';
import { TripLog } from './fleet/trip-log/trip-log.ts';
import { Vehicle } from './fleet/vehicle/vehicle.ts';
import type { AnyAggregate } from './kit/index.ts';
import { Claim } from './kit/index.ts';
import { CatalogPart } from './parts/catalog-part/catalog-part.ts';
import { PurchaseOrder } from './parts/purchase-order/purchase-order.ts';
import { StockItem } from './parts/stock-item/stock-item.ts';
import { BayDay } from './repair/bay-day/bay-day.ts';
import { Invoice } from './repair/invoice/invoice.ts';
import { amountOf, pendingLines, RepairOrder, totalsOf } from './repair/repair-order/repair-order.ts';
import { Reservation } from './repair/reservation/reservation.ts';
import { hoursOn, minuteOf } from './repair/workshop/posted.ts';
import { Workshop } from './repair/workshop/workshop.ts';

export * from './kit/index.ts';
export type { RepairOrderState } from './repair/repair-order/repair-order.ts';
export * from './shared/business-no.ts';
export * from './shared/plate.ts';
export * from './shared/values.ts';
export * from './shared/vin.ts';
export {
  AuditCase,
  amountOf,
  BayDay,
  CatalogPart,
  Delivery,
  DriverShift,
  FleetContract,
  FleetLedger,
  FleetPolicy,
  hoursOn,
  Invoice,
  MaintenancePlan,
  minuteOf,
  Organization,
  PurchaseOrder,
  pendingLines,
  RepairOrder,
  Reservation,
  Setting,
  StockItem,
  shiftId,
  TripLog,
  totalsOf,
  UserAccount,
  Vehicle,
  Workshop,
};

/** Every aggregate; dispatch, the GraphQL schema, the HTTP API, the laws and the book are loops over this list. */
export const aggregates: readonly AnyAggregate[] = [
  Claim,
  UserAccount,
  Organization,
  Vehicle,
  Workshop,
  BayDay,
  Reservation,
  RepairOrder,
  Invoice,
  Delivery,
  DriverShift,
  FleetPolicy,
  FleetContract,
  FleetLedger,
  MaintenancePlan,
  TripLog,
  Setting,
  AuditCase,
  CatalogPart,
  StockItem,
  PurchaseOrder,
];
