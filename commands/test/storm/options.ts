import { type AnyAggregate, aggregates, Claim } from '@cargoro/domain';
import { choicesOf } from './draw.ts';
import type { Knowledge, Known } from './knowledge.ts';

/** Sent by steps and processes alone: by hand they would undo what they guard. Their names are counted all the same. */
const onlyOurs = [
  ...['BindDelivery', 'UnbindDelivery', 'MovePlan', 'ShareTripLog', 'RequestNotice', 'ExtendStockReservation'],
  ...Object.keys(Claim.commands),
];
export type Whim = ReturnType<typeof choicesOf>;
export type Option = { readonly aggregate: AnyAggregate; readonly type: string };
const options: readonly Option[] = aggregates
  .flatMap((aggregate) => Object.keys(aggregate.commands).map((type) => ({ aggregate, type })))
  .filter(({ type }) => !onlyOurs.includes(type));
const beginnings = options.filter(({ aggregate, type }) => aggregate.commands[type]?.in.includes('none'));

/** What a storm may be about: somebody in it does little else than one kind of record. */
export const themes = [...aggregates.map(({ name }) => name).filter((name) => name !== 'Claim'), 'Organization'];

/** How much of a storm blows over which records. */
const weights: Readonly<Record<string, number>> = {
  ...{ RepairOrder: 9, Delivery: 8, Reservation: 5, PurchaseOrder: 5, StockItem: 4, Invoice: 4, DriverShift: 4 },
  ...{ Vehicle: 3, TripLog: 3, BayDay: 2, FleetLedger: 2, MaintenancePlan: 2, FleetContract: 2, AuditCase: 2 },
};
/** Ends what much else depends on, so it is rare. */
const rare =
  /^(Close(Workshop|Organization|LedgerYear|Audit)|Suspend|Retire(Vehicle|Bay)|EraseUser|RequestErasure|RemoveMember|ReleaseTechnician|Terminate|EndContract|DiscontinuePart|SupersedePart|RecallPart|TransferOwnership|DisconnectPartner|RefuseOrganization|ChangeRoles|ForceOffline|ReleaseSlot)/;

const weighted = <T>(whim: Whim, list: readonly T[], weightOf: (item: T) => number): T | undefined => {
  const all = list.reduce((sum, item) => sum + weightOf(item), 0);
  let left = whim.int(1, Math.max(1, all));
  return list.find((item) => {
    left -= weightOf(item);
    return left <= 0;
  });
};
/** Each storm leaves out a third of the commands, another third each: so it goes where storms with all of them do not. */
const isLeftOut = (type: string, swarm: number): boolean => {
  let hash = 0x811c9dc5 ^ swarm;
  for (const letter of type) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash >>> 0) % 3 === 0;
};
export type Choice = Option & { readonly record?: Known | undefined };
/** The next step of a piece of work; without a pull that way few storms would get anywhere. */
const forward =
  /^(SendEstimate|ApproveLines|StartWork|ResumeWork|FinishLine|FinishWork|PassInspection|CompleteOrder|HandOver|ConfirmReservation|CheckIn|AssignDriver|OfferToDriver|AcceptOffer|StartToPickup|ArriveAt|InspectAtPickup|Depart|CompleteHandover|SubmitPurchaseOrder|AcceptBySupplier|ShipGoods|ReceiveGoods|IssueInvoice|RecordPayment|RequestPart|UsePart|StartShift|EndTrip|SignContract|EndUse|StartUse|FinishCount)/;
const weightOf = ({ type, aggregate }: Option, theme: string): number => {
  if (rare.test(type)) return aggregate.name === theme ? 5 : 1;
  if (/^(Cancel|Decline(?!Offer)|Defer|Expire(?!Offer)|AddNote|ReadNotice)/.test(type)) return 4;
  return forward.test(type) ? 40 : 10;
};
const ofAggregate = new Map(
  aggregates.map((aggregate) => [aggregate.name, options.filter((option) => option.aggregate === aggregate)]),
);
const possibleOn = ({ aggregate, folded }: Known): readonly Option[] =>
  (ofAggregate.get(aggregate.name) ?? []).filter(({ type }) => aggregate.offersNow(type, folded.state));
const work = ['RepairOrder', 'Delivery', 'Reservation', 'PurchaseOrder', 'Invoice'];

/** What somebody goes on with: what this storm is about, the work touched last, or anything there is. */
const pickRecord = (whim: Whim, knowledge: Knowledge, theme: string): Known | undefined => {
  if (whim.chance(0.35)) {
    const known = knowledge.ofName(theme).toSorted((a, b) => Number(lastOf(b) - lastOf(a)));
    return whim.chance(0.75) ? known[0] : whim.one(known.slice(0, 5));
  }
  if (whim.chance(0.6)) {
    const going = [...knowledge.records.values()].filter(({ aggregate }) => work.includes(aggregate.name));
    const recent = going.toSorted((a, b) => Number(lastOf(b) - lastOf(a))).slice(0, 12);
    return whim.one(recent.filter((record) => possibleOn(record).some(({ type }) => forward.test(type))).slice(0, 5));
  }
  const aggregate = weighted(whim, aggregates, ({ name }) => (name === 'Claim' ? 0 : (weights[name] ?? 1)));
  return aggregate && whim.one(knowledge.ofName(aggregate.name).slice(-5));
};
const lastOf = ({ events }: Known): bigint => events.at(-1)?.position ?? 0n;

/** `on`: the one record it is all about. */
export type Kind = { readonly theme: string; readonly swarm: number; readonly on?: Known | undefined };
export const choose = (whim: Whim, knowledge: Knowledge, { theme, swarm, on }: Kind): Choice | undefined => {
  if (on) return { ...(weighted(whim, possibleOn(on), (one) => weightOf(one, theme)) ?? options[0]!), record: on };
  if (whim.chance(0.06)) {
    const any = whim.one(options);
    return any && { ...any, record: whim.one(knowledge.ofName(any.aggregate.name).slice(-4)) };
  }
  if (whim.chance(0.18))
    return weighted(whim, beginnings, ({ aggregate: { name } }) => (name === theme ? 15 : (weights[name] ?? 1)));
  const record = pickRecord(whim, knowledge, theme);
  const option =
    record && weighted(whim, possibleOn(record), (one) => (isLeftOut(one.type, swarm) ? 0 : weightOf(one, theme)));
  return option && { ...option, record };
};

/** What several people may turn to in the same moment. */
export const drawMeetingPoint = (seed: number, knowledge: Knowledge): Known | undefined => {
  const whim = choicesOf(seed);
  return pickRecord(whim, knowledge, whim.one(work) ?? '');
};
