import type { Actor } from '@cargoro/domain';
import type { Draws } from '../sim/draws.ts';
import type { Act } from './act.ts';
import type { Car } from './cars.ts';
import type { Fleet, Part, Workshop } from './cast.ts';
import type { ServiceCode } from './goods.ts';
import type { World } from './world.ts';

/** What a visit to a workshop is about. */
export type VisitOf = {
  readonly path: string;
  readonly shop: Workshop;
  readonly car: Car;
  readonly fleet?: Fleet | undefined;
  readonly codes: readonly ServiceCode[];
  readonly complaint: string;
  /** When the owner asks for it, or just comes. */
  readonly at: string;
  readonly isBooked: boolean;
  /** A driver brings it and takes it back. */
  readonly isFetched: boolean;
  /** The day the workshop gives it, when booked. */
  readonly day: string;
  readonly chain?: Chain | undefined;
  /** An earlier order whose work is put right. */
  readonly warrantyOf?: string | undefined;
};

/** A visit once its order is open. */
export type Visit = VisitOf & {
  readonly w: World;
  readonly draws: Draws;
  readonly repairOrderId: string;
  readonly number: string;
  readonly customer: { readonly kind: 'owner' | 'fleet'; readonly id: string };
  /** Who answers for the customer. */
  readonly client: Actor;
  readonly policyId?: string | undefined;
  readonly bayId: string;
  version: number;
};

/** A line of its estimate. */
export type Line = {
  readonly lineId: string;
  readonly name: string;
  readonly serviceCode: string;
  readonly amountKrw: number;
  readonly qty: number;
  readonly part?: Part;
  readonly input: Record<string, unknown>;
};

/** The fleet's maintenance chain around a visit (P2): one journey from the due item to the booked cost. */
export type Chain = {
  readonly correlationId: string;
  readonly itemCodes: readonly string[];
  asked(reservationId: string, at: string): Act<void>;
  completed(v: Visit, lines: readonly Line[], at: string): Act<void>;
  gaveUp(at: string): Act<void>;
  ended(): Act<void>;
};

export type Left = { readonly at: string; readonly repairOrderId: string };
