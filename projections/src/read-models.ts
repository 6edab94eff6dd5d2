import { AuditCaseView } from './admin/audit-case.ts';
import { EventIndex } from './admin/event-index.ts';
import { FileUse } from './admin/file-use.ts';
import { Journey } from './admin/journey.ts';
import { NoticeView } from './admin/notice.ts';
import { ProcessView } from './admin/process.ts';
import { SettingAt, SettingView } from './admin/setting.ts';
import { StreamChain } from './admin/stream-chain.ts';
import { StreamParty } from './admin/stream-party.ts';
import { createHealthReports, type HealthProbe, SystemHealth } from './admin/system-health.ts';
import { ApiKey } from './core/api-key.ts';
import { CorePerson, Membership } from './core/membership.ts';
import { Org } from './core/organization.ts';
import { User } from './core/user.ts';
import { CarCard, DriverCard } from './delivery/cards.ts';
import { DeliveryView } from './delivery/delivery.ts';
import { DispatchBoard } from './delivery/dispatch-board.ts';
import { DriverHome } from './delivery/driver-home.ts';
import { DriverShiftView } from './delivery/driver-shift.ts';
import { OfferView } from './delivery/offer.ts';
import { BusinessUseYear } from './fleet/business-use.ts';
import { ContractView } from './fleet/contract.ts';
import { BudgetBurn, BudgetCrossing, CostLedger, LedgerView } from './fleet/ledger.ts';
import { PlanView } from './fleet/plan.ts';
import { PolicyInForce, PolicyView } from './fleet/policy.ts';
import { TripMonth } from './fleet/trip-month.ts';
import { FleetVehicle } from './fleet/vehicle.ts';
import type { AnyReadModel } from './kit/types.ts';
import { InvoiceView } from './money/invoice.ts';
import { ReminderView } from './owner/reminder.ts';
import { VehicleDelivery } from './owner/vehicle-delivery.ts';
import { VehicleHistory } from './owner/vehicle-history.ts';
import { Catalogue } from './parts/catalogue.ts';
import { PartOrder, PartRequest } from './parts/part-request.ts';
import { PurchaseOrderView } from './parts/purchase-order.ts';
import { StockView } from './parts/stock.ts';
import { StockMove } from './parts/stock-move.ts';
import { ApprovalInbox } from './repair/approval-inbox.ts';
import { BayCard, BayTimeline } from './repair/bay-day.ts';
import { BoardView } from './repair/board.ts';
import { OrderView, Person } from './repair/order.ts';
import { OrderInvoice } from './repair/order-invoice.ts';
import { PublicSlots } from './repair/public-slots.ts';
import { ReservationView } from './repair/reservation.ts';
import { TechQueue } from './repair/tech-queue.ts';
import { Technician, workshopOrg } from './repair/technician.ts';
import { OwnerVehicle } from './repair/vehicle.ts';
import { WorkshopView } from './repair/workshop.ts';

export {
  ApiKey,
  ApprovalInbox,
  AuditCaseView,
  BayTimeline,
  BoardView,
  BudgetBurn,
  BudgetCrossing,
  BusinessUseYear,
  Catalogue,
  ContractView,
  CostLedger,
  createHealthReports,
  DeliveryView,
  DispatchBoard,
  DriverHome,
  DriverShiftView,
  EventIndex,
  FileUse,
  FleetVehicle,
  type HealthProbe,
  InvoiceView,
  Journey,
  LedgerView,
  Membership,
  NoticeView,
  OfferView,
  OrderView,
  Org,
  OwnerVehicle,
  PartRequest,
  Person,
  PlanView,
  PolicyInForce,
  PolicyView,
  ProcessView,
  PublicSlots,
  PurchaseOrderView,
  ReminderView,
  ReservationView,
  SettingAt,
  SettingView,
  StockMove,
  StockView,
  StreamChain,
  StreamParty,
  SystemHealth,
  Technician,
  TechQueue,
  TripMonth,
  User,
  VehicleHistory,
  WorkshopView,
};

/**
 * Every read model: tables, projectors, rebuild, proof and the GraphQL schema are loops over this list. Within a group
 * a read model stands after those it joins or is made from.
 */
export const readModels: readonly AnyReadModel[] = [
  User,
  CorePerson,
  Org,
  Membership,
  ApiKey,
  Person,
  workshopOrg,
  BayCard,
  WorkshopView,
  Technician,
  ReservationView,
  BayTimeline,
  PublicSlots,
  OrderInvoice,
  OrderView,
  BoardView,
  TechQueue,
  ApprovalInbox,
  VehicleDelivery,
  OwnerVehicle,
  VehicleHistory,
  ReminderView,
  InvoiceView,
  PolicyView,
  PolicyInForce,
  ContractView,
  LedgerView,
  CostLedger,
  BudgetBurn,
  BudgetCrossing,
  PlanView,
  TripMonth,
  FleetVehicle,
  BusinessUseYear,
  Catalogue,
  StockView,
  StockMove,
  PartOrder,
  PartRequest,
  PurchaseOrderView,
  CarCard,
  DriverCard,
  DeliveryView,
  DispatchBoard,
  OfferView,
  DriverHome,
  DriverShiftView,
  StreamParty,
  StreamChain,
  EventIndex,
  FileUse,
  SettingView,
  SettingAt,
  ProcessView,
  AuditCaseView,
  NoticeView,
  Journey,
  SystemHealth,
];
