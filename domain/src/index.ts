import { AuditCase, auditedBy, breakGlassOf } from './admin/audit-case/audit-case.ts';
import type { Addressee } from './admin/notice/notice.schema.ts';
import { Notice } from './admin/notice/notice.ts';
import type { NoticeTemplate } from './admin/notice/template.ts';
import { filled, noticeTemplates } from './admin/notice/templates.ts';
import { Setting } from './admin/setting/setting.ts';
import { Organization } from './core/organization/organization.ts';
import { roleOfScopes } from './core/organization/permissions.ts';
import { defaultNoticeChoice, NoticeChannel, NoticeChoice, undisturbed } from './core/user-account/notices.ts';
import { consentOf, noticeChoiceOf, UserAccount } from './core/user-account/user-account.ts';
import { Delivery } from './delivery/delivery/delivery.ts';
import { type FreeDriver, rankedDrivers } from './delivery/delivery/ranking.ts';
import { isTracked, trackedStatuses } from './delivery/delivery/tracked.ts';
import { DriverShift, shiftId } from './delivery/driver-shift/driver-shift.ts';
import { CostCategory } from './fleet/contract/fleet-contract.schema.ts';
import { FleetContract } from './fleet/contract/fleet-contract.ts';
import { FleetLedger } from './fleet/ledger/fleet-ledger.ts';
import { MaintenancePlan } from './fleet/maintenance-plan/maintenance-plan.ts';
import { FleetPolicy } from './fleet/policy/fleet-policy.ts';
import { gapsIn, ratioOf, totalsOf as tripTotalsOf } from './fleet/trip-log/kilometres.ts';
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
export { processes } from './processes/index.ts';
export type { RepairOrderState } from './repair/repair-order/repair-order.ts';
export * from './shared/business-no.ts';
export { metresBetween } from './shared/geo.ts';
export * from './shared/plate.ts';
export * from './shared/values.ts';
export * from './shared/vin.ts';
export type { Addressee, FreeDriver };
export {
  AuditCase,
  amountOf,
  auditedBy,
  BayDay,
  breakGlassOf,
  CatalogPart,
  CostCategory,
  consentOf,
  Delivery,
  DriverShift,
  defaultNoticeChoice,
  FleetContract,
  FleetLedger,
  FleetPolicy,
  filled,
  gapsIn,
  hoursOn,
  Invoice,
  isTracked,
  MaintenancePlan,
  minuteOf,
  Notice,
  NoticeChannel,
  NoticeChoice,
  type NoticeTemplate,
  noticeChoiceOf,
  noticeTemplates,
  Organization,
  PurchaseOrder,
  pendingLines,
  RepairOrder,
  Reservation,
  rankedDrivers,
  ratioOf,
  roleOfScopes,
  Setting,
  StockItem,
  shiftId,
  TripLog,
  totalsOf,
  trackedStatuses,
  tripTotalsOf,
  UserAccount,
  undisturbed,
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
  Notice,
  AuditCase,
  CatalogPart,
  StockItem,
  PurchaseOrder,
];
