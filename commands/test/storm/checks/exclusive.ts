import { seoulDay } from '@cargoro/domain';
import { fieldsOf } from '../knowledge.ts';
import { at, type Check, findings, ids, list, str, type Told } from './check.ts';
import { startFloor } from './technicians.ts';

/** Kinds of claims of which the events alone say who should have them. */
const kinds = [
  ...['openOrder', 'openDelivery', 'technicianAtWork', 'contractKind', 'booking', 'invoiceSource', 'invoiceIssued'],
  ...['costSource', 'partRequest', 'plate', 'vin', 'email', 'businessNo'],
];
type Takes = (kind: string, value: string, holder: string) => void;
/** Everything of that kind the holder has. */
type Gives = (kind: string, holder: string) => void;

const sourceOf = (source: unknown): string => `${str(fieldsOf(source).kind)}.${str(fieldsOf(source).id)}`;
type Contract = { readonly kind: string; readonly cars: Set<string>; runs: boolean };
type Move = (told: Told) => void;

/** By event: who takes what with it, and who gives it back. */
const movesOf = (take: Takes, give: Gives): Readonly<Record<string, Move>> => {
  const sources = new Map<string, string>();
  const places = new Map<string, string>();
  const gives =
    (...of: readonly string[]): Move =>
    ({ id }) =>
      of.forEach((kind) => {
        give(kind, id);
      });
  const delivered = gives('openDelivery');
  const unbooked = gives('booking');
  const booked: Move = ({ id, data }) => {
    give('booking', id);
    take('booking', `${places.get(id)}.${seoulDay(str(data.start))}`, id);
  };
  const closed = gives('businessNo');
  return {
    UserRegistered: ({ id, data }) => take('email', str(data.emailHash), id),
    UserErased: gives('email'),
    OrganizationRegistered: ({ id, data }) => take('businessNo', str(data.businessNo), id),
    ...{ OrganizationRefused: closed, OrganizationClosed: closed },
    VehicleRegistered: ({ id, data }) => {
      take('vin', str(data.vin), id);
      take('plate', str(data.plate), id);
    },
    PlateChanged: ({ id, data }) => {
      give('plate', id);
      take('plate', str(data.plate), id);
    },
    VehicleRetired: gives('vin', 'plate'),
    RepairOrderOpened: ({ id, data }) => take('openOrder', str(data.vehicleId), id),
    VehicleHandedOver: gives('openOrder'),
    PartRequested: ({ id, data }) => take('partRequest', str(data.requestId), id),
    DeliveryRequested: ({ id, data }) => take('openDelivery', str(data.vehicleId), id),
    ...{ HandoverCompleted: delivered, DeliveryFailed: delivered, DeliveryCancelled: delivered },
    ReservationRequested: ({ id, data }) => {
      places.set(id, `${str(data.workshopId)}.${str(data.vehicleId)}`);
      take('booking', `${places.get(id)}.${seoulDay(str(list(data.wanted)[0]?.from))}`, id);
    },
    ...{ ReservationConfirmed: booked, ReservationRescheduled: booked },
    ...{ ReservationFulfilled: unbooked, ReservationCancelled: unbooked, ReservationDeclined: unbooked },
    ...{ ReservationExpired: unbooked, NoShowRecorded: unbooked },
    InvoiceDrafted: ({ id, data }) => {
      sources.set(id, sourceOf(data.source));
      take('invoiceSource', sourceOf(data.source), id);
    },
    InvoiceIssued: ({ id }) => take('invoiceIssued', sources.get(id) ?? '', id),
    CreditNoteIssued: gives('invoiceIssued', 'invoiceSource'),
    CostBooked: ({ data }) => take('costSource', `${sourceOf(data.source)}.${str(data.vehicleId)}`, str(data.costId)),
    CostReversed: ({ data }) => give('costSource', str(data.costId)),
  };
};

/** Cars under a contract, while it runs. */
const contractsOf = (take: Takes, give: Gives): Move => {
  const contracts = new Map<string, Contract>();
  return ({ type, id, data }) => {
    if (type === 'ContractDrafted')
      contracts.set(id, { kind: str(data.kind), cars: new Set(ids(data.vehicleIds)), runs: false });
    const contract = contracts.get(id);
    if (!contract) return;
    if (type === 'ContractVehicleAdded') contract.cars.add(str(data.vehicleId));
    if (type === 'ContractVehicleRemoved') contract.cars.delete(str(data.vehicleId));
    if (type === 'ContractSigned') contract.runs = true;
    if (type === 'ContractTerminated' || type === 'ContractEnded') contract.runs = false;
    give('contractKind', id);
    if (contract.runs) for (const car of contract.cars) take('contractKind', `${contract.kind}.${car}`, id);
  };
};

/** What only one may have, one has; and the claims, once everything has followed, say the same as the records. */
export const exclusive: Check = (events, rest) => {
  const { expect, all } = findings();
  const held = new Map<string, Map<string, string>>();
  const of = (kind: string) => at(held, kind, () => new Map<string, string>());
  const take: Takes = (kind, value, holder) => {
    const other = of(kind).get(value);
    expect(other === undefined || other === holder, `${kind} ${value} is ${other}’s and ${holder}’s at once`);
    of(kind).set(value, holder);
  };
  const give: Gives = (kind, holder) => {
    for (const [value, known] of of(kind)) if (known === holder) of(kind).delete(value);
  };
  const moves = movesOf(take, give);
  const contract = contractsOf(take, give);
  const floor = startFloor();
  const claims = new Map<string, string>();
  for (const told of events) {
    moves[told.type]?.(told);
    contract(told);
    floor.take(told);
    const { type, data } = told;
    const claim = `${str(data.kind)} ${str(data.value)}`;
    if (told.category !== 'claim' || !kinds.includes(str(data.kind))) continue;
    if (type === 'ClaimConfirmed') claims.set(claim, str(data.holder));
    if (type === 'ClaimReleased') claims.delete(claim);
  }
  if (!rest) return all();
  for (const [technician, order] of floor.atWork()) of('technicianAtWork').set(technician, order);
  const wanted = new Map<string, string>();
  for (const [kind, values] of held) for (const [value, holder] of values) wanted.set(`${kind} ${value}`, holder);
  for (const [claim, holder] of wanted)
    expect(claims.get(claim) === holder, `${claim} is ${holder}’s, the claim says ${claims.get(claim) ?? 'nobody'}`);
  for (const [claim, holder] of claims)
    expect(wanted.has(claim), `${claim} is nobody’s, yet the claim is still ${holder}’s`);
  return all();
};
