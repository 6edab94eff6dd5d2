import { hours, isTrue, kpi, seoulDay } from './kpi.ts';

const offRoad = `lateral (
  select (o->>'from')::timestamptz as since, (o->>'to')::timestamptz as until from jsonb_array_elements(r.off_road) o
  union all select r.off_road_since, now() where r.off_road_since is not null) t`;
const today = `(now() at time zone 'Asia/Seoul')::date`;
const maintenance = `lateral (
  select (d->>'doneOn')::date as day, (d->>'onTime')::boolean as on_time, d->>'itemCode' as item
    from jsonb_array_elements(r.done) d where d->>'dueOn' is not null or d->>'dueKm' is not null
  union all select ${today}, false, i->>'itemCode' from jsonb_array_elements(r.items) i where i->>'state' = 'due') m`;
const owner = `(select p->>'id' from jsonb_array_elements(r.parties) p where p->>'as' = 'owner' and p->>'kind' = 'org' limit 1)`;
/** The hours the policy in force on a day allows for `what`. */
const allowed = (fleet: string, at: string, what: string): string => `lateral (
  select (p.content->'slaHours'->>'${what}')::float8 as hours, p.version from rm_policy_version p
  where p.fleet_org_id = ${fleet} and p.vehicle_group = 'all' and p.effective_from <= ${seoulDay(at)}
    and (p.until is null or p.until > ${seoulDay(at)}) order by p.version desc limit 1) sla`;
const replied = `lateral (select min(e.occurred_at) as at from rm_event_index e
  where e.stream = r.stream and e.type in ('SlotProposed', 'ReservationConfirmed', 'ReservationDeclined')) reply`;
const yearBegins = (year: string): string => `make_timestamptz(${year}, 1, 1, 0, 0, 0, 'Asia/Seoul')`;
const elapsed = `greatest(0.0001, least(1, extract(epoch from now() - ${yearBegins('r.year')})
  / extract(epoch from ${yearBegins('r.year + 1')} - ${yearBegins('r.year')})))`;

/** What a fleet has agreed to and what it gets. */
export const fleetKpis = [
  kpi(
    {
      ...{ name: 'offRoadDays', unit: 'days', ko: '운행 불가 일수', en: 'Days off the road' },
      formula: 'Σ days in a workshop’s custody or suspended ÷ times it was so',
    },
    {
      ...{ from: `rm_fleet_vehicle r, ${offRoad}`, at: 't.since', org: 'r.fleet_org_id' },
      ...{ numerator: `${hours('t.since', 't.until')} / 24`, cuts: { vehicle: 'r.id', model: 'r.model' } },
      where: 'r.fleet_org_id is not null',
    },
  ),
  kpi(
    {
      ...{ name: 'maintenanceCompliance', unit: 'ratio', ko: '정비 주기 준수율', en: 'Maintenance compliance' },
      formula: 'items done no later than due, by day and by mileage ÷ items done, and those due now',
    },
    {
      ...{
        from: `rm_maintenance_plan r, ${maintenance}`,
        at: `m.day::timestamp at time zone 'Asia/Seoul'`,
        org: owner,
      },
      ...{ numerator: isTrue('m.on_time'), cuts: { item: 'm.item', vehicle: 'r.vehicle_id' } },
      where: `${owner} is not null`,
    },
  ),
  kpi(
    {
      ...{ name: 'slaFirstReply', unit: 'ratio', ko: '첫 응답 SLA 준수율', en: 'First reply within the agreed time' },
      formula:
        'a fleet’s requests answered within slaHours.firstReply of the policy in force ÷ requests under a policy',
    },
    {
      from: `rm_ws_reservation r, ${replied}, ${allowed(`r.requester->>'id'`, 'r.requested_at', 'firstReply')}`,
      ...{ at: 'r.requested_at', org: `r.requester->>'id'`, where: `r.requester->>'kind' = 'fleet'` },
      numerator: isTrue(`${hours('r.requested_at', 'coalesce(reply.at, now())')} <= sla.hours`),
      cuts: { workshop: 'r.workshop_id', policyVersion: 'sla.version' },
    },
  ),
  kpi(
    {
      ...{ name: 'slaRepair', unit: 'ratio', ko: '정비 SLA 준수율', en: 'Repair within the agreed time' },
      formula:
        'a fleet’s orders completed within slaHours.repair of the policy in force ÷ orders completed under a policy',
    },
    {
      from: `rm_ws_order r, ${allowed(`r.payer->>'id'`, 'r.opened_at', 'repair')}`,
      ...{ at: 'r.completed_at', org: `r.payer->>'id'`, where: `r.payer->>'kind' = 'fleet'` },
      numerator: isTrue(`${hours('r.opened_at', 'r.completed_at')} <= sla.hours`),
      cuts: { workshop: 'r.workshop_id', policyVersion: 'sla.version', model: 'r.model' },
    },
  ),
  kpi(
    {
      ...{ name: 'budgetPace', unit: 'ratio', ko: '예산 사용 속도', en: 'Budget burn to time' },
      formula: 'Σ booked ÷ Σ (budget × share of the year gone by), of budgets that were set; above 1 is too fast',
    },
    {
      ...{ from: 'rm_budget r', at: 'make_date(r.year, 12, 31)', org: 'r.fleet_org_id' },
      ...{ numerator: 'r.booked_krw', denominator: `r.budget_krw * ${elapsed}`, where: 'r.budget_krw is not null' },
      cuts: { category: 'r.category', contract: 'r.contract_id' },
    },
  ),
  kpi(
    {
      ...{ name: 'readModelLag', unit: 's', ko: '조회 지연', en: 'Lag of read models' },
      formula: 'time projector groups are behind the log at the last probe, mean',
    },
    {
      ...{ from: 'rm_system_health r, jsonb_array_elements(r.projections) p', at: 'r.seen_at', org: `'platform'` },
      ...{ numerator: `(p->>'lagMs')::float8 / 1000`, cuts: { service: 'r.service', projector: `p->>'group'` } },
    },
  ),
];
