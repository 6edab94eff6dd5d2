import { EventIndex } from './admin/event-index.ts';
import { StreamChain } from './admin/stream-chain.ts';
import { StreamParty } from './admin/stream-party.ts';
import { ApiKey } from './core/api-key.ts';
import { CorePerson, Membership } from './core/membership.ts';
import { Org } from './core/organization.ts';
import { User } from './core/user.ts';
import type { AnyReadModel } from './kit/types.ts';
import { InvoiceView } from './money/invoice.ts';
import { ApprovalInbox } from './repair/approval-inbox.ts';
import { BayCard, BayTimeline } from './repair/bay-day.ts';
import { BoardView } from './repair/board.ts';
import { OrderView, Person } from './repair/order.ts';
import { PublicSlots } from './repair/public-slots.ts';
import { ReservationView } from './repair/reservation.ts';
import { TechQueue } from './repair/tech-queue.ts';
import { Technician, workshopOrg } from './repair/technician.ts';
import { OwnerVehicle } from './repair/vehicle.ts';
import { WorkshopView } from './repair/workshop.ts';

export {
  ApiKey,
  ApprovalInbox,
  BayTimeline,
  BoardView,
  EventIndex,
  InvoiceView,
  Membership,
  OrderView,
  Org,
  OwnerVehicle,
  PublicSlots,
  ReservationView,
  StreamChain,
  StreamParty,
  Technician,
  TechQueue,
  User,
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
  OrderView,
  BoardView,
  TechQueue,
  ApprovalInbox,
  OwnerVehicle,
  InvoiceView,
  StreamParty,
  StreamChain,
  EventIndex,
];
