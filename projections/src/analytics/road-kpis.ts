import { hours, isTrue, kmBetween, kpi, seoulDay } from './kpi.ts';

const carrier = `coalesce(r.transport_org_id, r.requester->>'id')`;
/** A road is longer than the line between its ends. */
const winding = 1.27;
const driverShare = 0.8;
const eventAt = (type: string): string => `min(e.occurred_at) filter (where e.type = '${type}')`;

const receivedAt = `lateral (select max((c->>'at')::timestamptz) as at from jsonb_array_elements(r.receipts) c
  where c->'lines' @> jsonb_build_array(jsonb_build_object('poLineId', l->>'poLineId'))) received`;
const trips = `(select d.*, lag(d.dropoff->'geo') over jobs as left_at, lag(d.ended_at) over jobs as left_on
  from rm_delivery d where d.driver_id is not null and d.status = 'completed'
  window jobs as (partition by d.driver_id order by d.ended_at)) r`;
const emptyKm = `case when ${seoulDay('r.left_on')} = ${seoulDay('r.ended_at')}
  then ${winding} * ${kmBetween('r.left_at', `r.pickup->'geo'`)} else 0 end`;
const shifts = `(select e.stream as id, e.stream, max(e.position) as position, max(e.org_id) as org_id,
    split_part(max(e.record_id), '.', 1) as driver, ${eventAt('ShiftStarted')} as started,
    coalesce(${eventAt('ShiftEnded')}, ${eventAt('ForcedOffline')}) as ended
  from rm_event_index e where e.category = 'driverShift' group by e.stream) r`;

/** Suppliers and drivers. */
export const roadKpis = [
  kpi(
    {
      ...{ name: 'supplierOnTime', unit: 'ratio', ko: '공급사 납기 준수율', en: 'Supplier on time' },
      formula: 'lines wholly received no later than the day first promised ÷ lines received',
    },
    {
      ...{ from: `rm_po r, jsonb_array_elements(r.lines) l, ${receivedAt}`, at: 'received.at', org: 'r.buyer_org_id' },
      numerator: isTrue(`${seoulDay('received.at')} <= (l->>'firstPromisedOn')::date`),
      cuts: { supplier: 'r.supplier_org_id', buyer: 'r.buyer_org_id' },
      where: `l->>'firstPromisedOn' is not null and (l->>'receivedQty')::int > 0`,
    },
  ),
  kpi(
    {
      ...{ name: 'timeToAssign', unit: 'h', ko: '배차까지 걸린 시간', en: 'Time to assign' },
      formula: 'OfferAccepted − FareAgreed, mean over deliveries',
    },
    {
      from: `rm_delivery r left join rm_dispatch_board b on b.id = r.id, lateral (
        select ${eventAt('FareAgreed')} as agreed, ${eventAt('OfferAccepted')} as accepted
        from rm_event_index e where e.stream = r.stream) t`,
      ...{ at: 't.accepted', org: carrier, numerator: hours('t.agreed', 't.accepted'), where: 't.agreed is not null' },
      cuts: { region: 'b.region', hour: `extract(hour from t.agreed at time zone 'Asia/Seoul')` },
    },
  ),
  kpi(
    {
      ...{ name: 'emptyRatio', unit: 'ratio', ko: '공차 비율', en: 'Empty kilometres' },
      formula: `Σ km (line × ${winding}) from a drop-off to the driver’s next pick-up of the day ÷ Σ of them and the km paid`,
    },
    {
      ...{ from: trips, at: 'r.ended_at', org: carrier, numerator: emptyKm, where: 'r.fare is not null' },
      denominator: `${emptyKm} + (r.fare->>'distanceKm')::float8`,
      cuts: { driver: 'r.driver_id' },
    },
  ),
  kpi(
    {
      ...{ name: 'earningPerHour', unit: 'KRW/h', ko: '시간당 수입', en: 'Earning per hour' },
      formula: `Σ ${driverShare} × fares of deliveries completed in a shift ÷ Σ hours of shifts`,
    },
    {
      ...{ from: shifts, at: 'r.ended', org: 'r.org_id', denominator: hours('r.started', 'r.ended') },
      numerator: `(select coalesce(sum((d.fare->>'totalKrw')::float8 * ${driverShare}), 0) from rm_delivery d
        where d.driver_id = r.driver and d.status = 'completed' and d.ended_at between r.started and r.ended)`,
      cuts: { driver: 'r.driver' },
      where: 'r.started is not null',
    },
  ),
];
