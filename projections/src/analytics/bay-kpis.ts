import { hours, isTrue, kpi } from './kpi.ts';

/** Each bay on each day since its workshop opens at all, with the hours it is open; of workshops whose days one sees. */
const openDays = `(select coalesce(u.id, w.id) as id, coalesce(u.stream, w.stream) as stream,
    coalesce(u.position, w.position) as position, w.org_id, w.id as workshop_id, b->>'kind' as kind, d::date as day,
    coalesce(u.slots, '[]') as slots,
    (select coalesce(sum(extract(epoch from (o->>'closes')::time - (o->>'opens')::time)), 0) / 3600
      from jsonb_array_elements(h.hours->'weekly') o where (o->>'weekday')::int = extract(dow from d)) as open_hours
  from rm_workshop w cross join jsonb_array_elements(w.bays) b
  cross join lateral (select min((h->>'effectiveFrom')::date) as day from jsonb_array_elements(w.hours) h) first
  cross join generate_series(first.day::timestamp, (now() at time zone 'Asia/Seoul')::timestamp, interval '1 day') d
  cross join lateral (select h as hours from jsonb_array_elements(w.hours) h
    where (h->>'effectiveFrom')::date <= d::date order by h->>'effectiveFrom' desc limit 1) h
  left join rm_ws_bay u on u.bay_id = b->>'bayId' and u.day = d::date
  where (b->>'retiredOn' is null or (b->>'retiredOn')::date > d::date)
    and not (h.hours->'holidays' @> to_jsonb(to_char(d, 'YYYY-MM-DD')))
    and exists (select from rm_ws_bay own where own.workshop_id = w.id)) r`;
const used = `(select coalesce(sum((s->>'usedMinutes')::float8), 0) / 60 from jsonb_array_elements(r.slots) s)`;
const planned = `(select coalesce(sum(${hours(`(s->>'start')::timestamptz`, `(s->>'end')::timestamptz`)}), 0)
  from jsonb_array_elements(r.slots) s where s->>'usedMinutes' is not null)`;
const at = `(r.day::timestamp at time zone 'Asia/Seoul')`;
const buyer = `(select p->>'id' from jsonb_array_elements(r.parties) p where p->>'as' = 'workshop' limit 1)`;

/** Bays, and what keeps cars in them. */
export const bayKpis = [
  kpi(
    {
      ...{ name: 'bayUtilisation', unit: 'ratio', ko: '작업대 가동률', en: 'Bay utilisation' },
      formula: 'Σ hours bays were used ÷ Σ hours they were open',
    },
    {
      ...{ from: openDays, at, org: 'r.org_id', numerator: used, denominator: 'r.open_hours' },
      cuts: { workshop: 'r.workshop_id', kind: 'r.kind', weekday: 'extract(dow from r.day)' },
      where: 'r.open_hours > 0',
    },
  ),
  kpi(
    {
      ...{ name: 'bayPlanAccuracy', unit: 'ratio', ko: '작업대 계획 대비 실제', en: 'Bay use, actual to planned' },
      formula: 'Σ hours of use ÷ Σ hours planned, over slots that were used',
    },
    {
      ...{ from: 'rm_ws_bay r join rm_workshop w on w.id = r.workshop_id', at, org: 'w.org_id' },
      ...{ numerator: used, denominator: planned },
      cuts: { workshop: 'r.workshop_id', kind: 'r.bay_kind', weekday: 'extract(dow from r.day)' },
    },
  ),
  kpi(
    {
      ...{ name: 'partsWait', unit: 'h', ko: '부품 대기 시간', en: 'Wait for parts' },
      formula: 'PartArrived − PartRequested, mean over requests',
    },
    {
      ...{ from: 'rm_part_request r left join rm_catalogue c on c.id = r.part_id', at: 'r.arrived_at', org: buyer },
      numerator: hours('r.requested_at', 'r.arrived_at'),
      cuts: { workshop: 'r.workshop_id', supplier: 'c.supplier_org_id', part: 'r.part_id' },
    },
  ),
  kpi(
    {
      ...{ name: 'partsWaitShare', unit: 'ratio', ko: '부품을 기다린 정비 비율', en: 'Orders that waited for parts' },
      formula: 'orders that paused for parts or were short of one ÷ orders completed',
    },
    {
      ...{ from: 'rm_ws_order r', at: 'r.completed_at', org: 'r.workshop_org_id' },
      numerator: isTrue(`r.labour @> '[{"pauseReason": "waitingParts"}]'
        or exists (select from jsonb_array_elements(r.parts) p where p->>'state' in ('short', 'arrived'))`),
      cuts: { workshop: 'r.workshop_id', model: 'r.model' },
    },
  ),
];
