import type { Actor } from './actor.ts';
import type { AnyAggregate, StateOf } from './aggregate.ts';
import type { Party } from './party.ts';

/** Questions only a read model can answer; best effort by nature, so never the only guard of an invariant. */
export type Lookup =
  | 'openOrdersOfWorkshop'
  /** Orders a workshop has completed, and those of them that came back under their warranty or failed their first inspection. */
  | 'completedOrdersOfWorkshop'
  | 'flawedOrdersOfWorkshop'
  | 'openJobsOfTechnician'
  | 'futureHoldsOfBay'
  | 'openDocumentsOfOrg'
  | 'openAssignmentsOfMember'
  | 'openObligationsOfUser'
  | 'legalHoldsOfUser'
  | 'openWorkOfVehicle'
  /** Memberships whose role asks for a second factor. */
  | 'privilegedRolesOfUser'
  /** Published policies of a fleet for one vehicle group (or `all`). */
  | 'publishedPoliciesOfGroup'
  /** Trip logs of a contract's vehicles not closed in a year. */
  | 'openTripLogsOfContract'
  /** Closed yearly ledgers that cover a vehicle: `(vehicleId, year)`. */
  | 'closedLedgersOfVehicle';

/** Questions whose answer is a list of ids; best effort as those above. */
export type ListLookup =
  /** Repair orders in which a part was fitted. */
  | 'ordersWithPart'
  /** Reservations of a vehicle that stand and are not kept yet. */
  | 'openReservationsOfVehicle'
  /**
   * Drivers of a transport company who could take a job now, some dozen of them: who brought most of the jobs taken to
   * their end comes first, and among equals who earned least today.
   */
  | 'driversOnShift';

/** Everything a decision may know besides the record's own state. All of it is data, so a decision can be run again. */
export type Context = {
  /** Device or actor time, UTC ISO 8601 with milliseconds. */
  readonly now: string;
  readonly actor: Actor;
  readonly parties: readonly Party[];
  /** Deterministic for a command id: deciding again yields the same ids. */
  readonly newId: () => string;
  /** SHA-256 (hex) of a value's canonical JSON: the fingerprint of a document a decision creates. */
  readonly hash: (value: unknown) => string;
  /** The state of another stream, recorded in the event's metadata as a fact relied on. */
  readonly fact: <A extends AnyAggregate>(aggregate: A, id: string) => StateOf<A>;
  /** The parties of another stream. */
  readonly partiesOf: (aggregate: AnyAggregate, id: string) => readonly Party[];
  /** How many there are, e.g. `ctx.count('openOrdersOfWorkshop', workshopId)`. */
  readonly count: (lookup: Lookup, ...args: readonly string[]) => number;
  /** Which ones there are, e.g. `ctx.list('ordersWithPart', partId)`. */
  readonly list: (lookup: ListLookup, ...args: readonly string[]) => readonly string[];
};
