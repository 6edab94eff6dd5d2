import type { ProcessInput } from '../kit/index.ts';

export type Slot = { readonly bayId: string; readonly start: string; readonly end: string };
export type ChainState = {
  readonly vehicleId: string;
  readonly itemCodes: readonly string[];
  readonly services: readonly string[];
  readonly triedWorkshops: readonly string[];
  readonly reservationId?: string | undefined;
  readonly workshopId?: string | undefined;
  readonly slot?: Slot | undefined;
  /** The delivery that brings the car to the workshop, and the one that takes it back. */
  readonly pickup?: string | undefined;
  readonly back?: string | undefined;
  readonly broughtIn: boolean;
  readonly takenBack: boolean;
  readonly reschedules: number;
  readonly fuelPct: number;
  readonly odometerKm?: number;
  readonly repairOrderId?: string;
  readonly completed: boolean;
  readonly booked: boolean;
};
export const initial: ChainState = {
  ...{ vehicleId: '', itemCodes: [], services: [], triedWorkshops: [], broughtIn: false, takenBack: false },
  ...{ reschedules: 0, fuelPct: 50, completed: false, booked: false },
};

type Data = Record<string, unknown>;
const slotOf = ({ bayId, start, end }: Data): Slot => ({
  ...{ bayId: String(bayId), start: String(start), end: String(end) },
});

export const evolve = (state: ChainState, { type, data }: ProcessInput): ChainState => {
  const sent = (data.data ?? {}) as Data;
  const isOwn = data.reservationId === state.reservationId;
  switch (type) {
    case 'MaintenanceDue':
      return state.vehicleId === '' ? { ...state, vehicleId: String(data.vehicleId) } : state;
    case 'ReservationRequested':
      return {
        ...state,
        reservationId: String(data.reservationId),
        workshopId: String(data.workshopId),
        itemCodes: (data.planItemCodes ?? []) as string[],
        services: (data.services as { code: string }[]).map(({ code }) => code),
      };
    case 'RequestReservationRejected':
      return { ...state, triedWorkshops: [...state.triedWorkshops, String(sent.workshopId)] };
    case 'ReservationConfirmed':
      return { ...state, slot: slotOf(data) };
    case 'ReservationRescheduled':
      return { ...state, slot: slotOf(data), reschedules: state.reschedules + 1, pickup: undefined };
    case 'ReservationDeclined':
    case 'ReservationExpired':
    case 'ReservationCancelled':
    case 'NoShowRecorded':
      return isOwn && state.workshopId
        ? { ...state, reservationId: undefined, triedWorkshops: [...state.triedWorkshops, state.workshopId] }
        : state;
    case 'DeliveryRequested':
      return data.kind === 'toWorkshop'
        ? { ...state, pickup: String(data.deliveryId) }
        : { ...state, back: String(data.deliveryId) };
    case 'PickupInspected':
      return data.deliveryId === state.pickup ? { ...state, fuelPct: Number(data.fuelPct) } : state;
    case 'HandoverCompleted':
      if (data.deliveryId === state.pickup) return { ...state, broughtIn: true };
      return data.deliveryId === state.back ? { ...state, takenBack: true } : state;
    case 'CustomerArrived':
      return isOwn ? { ...state, odometerKm: Number(data.odometerKm) } : state;
    case 'RepairOrderOpened':
      return isOwn ? { ...state, repairOrderId: String(data.repairOrderId) } : state;
    case 'RepairOrderCompleted':
      return data.repairOrderId === state.repairOrderId ? { ...state, completed: true } : state;
    case 'CostBooked':
      return data.category === 'maintenance' || data.category === 'repair' ? { ...state, booked: true } : state;
    default:
      return state;
  }
};
