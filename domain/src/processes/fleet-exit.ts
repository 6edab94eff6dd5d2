import { coversOn, FleetContract } from '../fleet/contract/fleet-contract.ts';
import { FleetPolicy } from '../fleet/policy/fleet-policy.ts';
import { Vehicle } from '../fleet/vehicle/vehicle.ts';
import {
  type Context,
  complete,
  defineProcess,
  isAfter,
  type ProcessDef,
  type ProcessInput,
  type Reaction,
  schedule,
  send,
  seoulDay,
  text,
} from '../kit/index.ts';
import { cancellable } from '../repair/reservation/reservation.schema.ts';
import { Reservation } from '../repair/reservation/reservation.ts';
import { endOfDay } from './business-time.ts';
import { contractsOf } from './fleet-facts.ts';

type Data = Record<string, unknown>;
type State = {
  readonly contractId: string;
  readonly isOver: boolean;
  /** Cars that have still to leave. */
  readonly leaving: readonly string[];
};
/** The kinds of contract by which a fleet has a car at all; insurance and maintenance end without it. */
const having = ['lease', 'rental', 'owned'] as const;

const contract = ({ contractId }: Data) => String(contractId);
const carsOf = ({ vehicleId, vehicleIds = [] }: Data) =>
  vehicleId === undefined ? (vehicleIds as readonly string[]) : [String(vehicleId)];
const carOf = ({ timer }: Data) => String(timer).slice('leave.'.length);

const evolve = (state: State, { type, data }: ProcessInput): State => {
  if (type === 'TimerFired') return { ...state, leaving: state.leaving.filter((car) => car !== carOf(data)) };
  if (type.endsWith('Rejected')) return state;
  const leaving = [...new Set([...state.leaving, ...carsOf(data)])];
  return { contractId: contract(data), isOver: state.isOver || type !== 'ContractVehicleRemoved', leaving };
};

/** P9 for a contract (domain.md §3.5): whose car it was drives it no longer, and what the fleet booked for it is called off. */
export const fleetExit: ProcessDef<State> = {
  name: 'FleetExit',
  doc: text(
    '계약이 끝난 차량 정리',
    'Ends the assignments of a car that leaves a fleet with its contract, and calls off what the fleet booked for it',
  ),
  starts: ['ContractEnded', 'ContractTerminated', 'ContractVehicleRemoved'],
  isPatient: true,
  correlate: { ContractEnded: contract, ContractTerminated: contract, ContractVehicleRemoved: contract },
  initial: { contractId: '', isOver: false, leaving: [] },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  // The car came to its workshop, or went to somebody else, before it was over.
  idle: ({ type }) => `${type} leaves the car where it is`,
};
export const FleetExit = defineProcess<State>()(fleetExit);

const step = ({ contractId, isOver, leaving }: State, input: ProcessInput, ctx: Context): readonly Reaction[] => {
  const { type, data, at } = input;
  const fact = ctx.fact(FleetContract, contractId);
  if (fact.status === 'none' || type.endsWith('Rejected')) return [];
  const rest = isOver && leaving.length === 0 ? [complete] : [];
  if (type === 'TimerFired') return [...leave(carOf(data), fact.fleetOrgId, at, ctx), ...rest];
  if (!having.some((kind) => kind === fact.kind)) return [complete];
  if (fact.status === 'draft') return [];
  // It is theirs to the end of the last day. One after the other, as each looks at records of its own.
  const end = endOfDay(typeof data.on === 'string' ? data.on : fact.endsOn);
  return [...carsOf(data).map((car) => schedule(`leave.${car}`, isAfter(end, at) ? end : at)), ...rest];
};

const leave = (vehicleId: string, fleetOrgId: string, at: string, ctx: Context): readonly Reaction[] => {
  const car = ctx.fact(Vehicle, vehicleId);
  if (car.status === 'none' || hasStill(fleetOrgId, vehicleId, at, ctx)) return [];
  const today = seoulDay(at);
  const driven = Object.entries(car.assignments).filter(([, { ended }]) => !ended);
  const booked = ctx.list('openReservationsOfVehicle', vehicleId).filter((reservationId) => {
    const reservation = ctx.fact(Reservation, reservationId);
    if (!('requester' in reservation) || !cancellable.some((status) => status === reservation.status)) return false;
    // What our own process asked for, it asked for the fleet whose policy it names.
    const { requester, policyId } = reservation;
    const policy = requester.kind === 'process' && policyId ? ctx.fact(FleetPolicy, policyId) : undefined;
    return requester.id === fleetOrgId || (policy && 'fleetOrgId' in policy && policy.fleetOrgId === fleetOrgId);
  });
  return [
    ...driven.map(([assignmentId, { from }]) =>
      send('Vehicle', 'EndAssignment', { vehicleId, assignmentId, on: isAfter(from, today) ? from : today }),
    ),
    ...booked.map((reservationId) =>
      send('Reservation', 'CancelReservation', { reservationId, by: 'FleetExit', reasonCode: 'CONTRACT_ENDED' }),
    ),
  ];
};

/** Another contract, or this one once more, gives the fleet the car. */
const hasStill = (fleetOrgId: string, vehicleId: string, at: string, ctx: Context): boolean =>
  contractsOf(ctx, vehicleId, having).some((contractId) => {
    const other = ctx.fact(FleetContract, contractId);
    if (!('fleetOrgId' in other) || other.fleetOrgId !== fleetOrgId) return false;
    return (other.status === 'active' || other.status === 'expiring') && coversOn(other, vehicleId, seoulDay(at));
  });
