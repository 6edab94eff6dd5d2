import { hours, isTrue, kpi } from './kpi.ts';

const order = 'rm_ws_order r';
const handedOver = `(r.hand_over->>'at')::timestamptz`;
const ofOrder = {
  ...{ workshop: 'r.workshop_id', payer: `r.payer->>'kind'`, model: 'r.model' },
  service: `(select l->>'serviceCode' from jsonb_array_elements(r.lines) l where l->>'kind' = 'labour' limit 1)`,
};
const org = 'r.workshop_org_id';
const firstSent = `(select e from jsonb_array_elements(r.estimates) e where e->>'sentAt' is not null order by (e->>'version')::int limit 1)`;
const technician = { workshop: 'r.workshop_id', technician: 'r.technician_id' };

/** Hours from each pause to the next start of work. */
const waited = `(select coalesce(sum(${hours(`(l->>'endedAt')::timestamptz`, 'n.start')}), 0)
  from jsonb_array_elements(r.labour) l, lateral (
    select min((m->>'startedAt')::timestamptz) as start from jsonb_array_elements(r.labour) m
    where (m->>'startedAt')::timestamptz >= (l->>'endedAt')::timestamptz) n
  where l->>'pauseReason' is not null)`;
const cameBack = `exists (select from rm_ws_order o
  where o.vehicle_id = r.vehicle_id and o.id <> r.id and o.opened_at > r.completed_at and (o.warranty_of = r.id or (
    o.opened_at <= r.completed_at + interval '30 days'
    and o.odometer_in_km <= coalesce(r.odometer_out_km, r.odometer_in_km) + 1000
    and exists (select from jsonb_array_elements(o.findings) a, jsonb_array_elements(r.findings) b
      where a->>'system' = b->>'system'))))`;
const completed = { from: order, at: 'r.completed_at', org, cuts: { ...ofOrder, ...technician } };
const cameUnderWarranty = kpi(
  {
    ...{ name: 'comebackRate', unit: 'ratio', ko: '재입고율', en: 'Comeback rate' },
    formula: 'orders opened under the warranty of an earlier one ÷ all orders completed',
  },
  { ...completed, numerator: isTrue('r.warranty_of is not null') },
);

/** How a workshop works. */
export const repairKpis = [
  kpi(
    {
      ...{ name: 'repairCycleTime', unit: 'h', ko: '정비 소요 시간', en: 'Repair cycle time' },
      formula: 'VehicleHandedOver − RepairOrderOpened, mean over orders handed over',
    },
    { from: order, at: handedOver, org, numerator: hours('r.opened_at', handedOver), cuts: ofOrder },
  ),
  kpi(
    {
      ...{ name: 'touchTimeRatio', unit: 'ratio', ko: '실작업 비율', en: 'Touch time ratio' },
      formula: 'Σ minutes clocked on lines ÷ Σ cycle time, over orders handed over',
    },
    {
      ...{
        from: order,
        at: handedOver,
        org,
        numerator: 'r.worked_minutes / 60.0',
        cuts: { ...ofOrder, ...technician },
      },
      denominator: hours('r.opened_at', handedOver),
    },
  ),
  kpi(
    {
      ...{ name: 'netCycleTime', unit: 'h', ko: '대기를 뺀 정비 소요 시간', en: 'Repair cycle time without waiting' },
      formula: 'VehicleHandedOver − RepairOrderOpened − Σ (WorkPaused to the next WorkStarted), mean',
    },
    { from: order, at: handedOver, org, numerator: `${hours('r.opened_at', handedOver)} - ${waited}`, cuts: ofOrder },
  ),
  kpi(
    {
      ...{ name: 'comebackRate', unit: 'ratio', ko: '재입고율', en: 'Comeback rate', version: 2 },
      formula:
        'orders whose car came back under their warranty, or within 30 days and 1,000 km for the same system ÷ all completed',
    },
    { ...completed, numerator: isTrue(cameBack) },
    [cameUnderWarranty],
  ),
  kpi(
    {
      ...{ name: 'firstTimeFix', unit: 'ratio', ko: '1회 정비 완료율', en: 'First-time fix' },
      formula: 'orders whose car did not come back (see comebackRate) ÷ all completed',
    },
    { ...completed, numerator: isTrue(`not ${cameBack}`) },
  ),
  kpi(
    {
      ...{ name: 'firstPassYield', unit: 'ratio', ko: '검사 1회 통과율', en: 'Inspection first-pass yield' },
      formula: 'orders whose first inspection passed ÷ orders inspected',
    },
    {
      ...{ from: order, at: `(r.inspections->0->>'at')::timestamptz`, org },
      numerator: `case when (r.inspections->0->>'passed')::boolean then 1 else 0 end`,
      cuts: { workshop: 'r.workshop_id', inspector: `r.inspections->0->>'inspectorId'` },
    },
  ),
  kpi(
    {
      ...{ name: 'estimateAccuracy', unit: 'ratio', ko: '견적 정확도', en: 'Estimate accuracy' },
      formula: 'Σ final total ÷ Σ total of the first estimate sent, over orders completed',
    },
    {
      ...{ from: order, at: 'r.completed_at', org, numerator: `(r.statement->>'totalKrw')::float8` },
      denominator: `(${firstSent}->>'totalKrw')::float8`,
      ...{ cuts: ofOrder, where: `r.statement is not null and ${firstSent} is not null` },
    },
  ),
  kpi(
    {
      ...{ name: 'estimateWithinTenth', unit: 'ratio', ko: '견적 ±10% 적중률', en: 'Estimates within 10 percent' },
      formula: 'orders whose final total is within ±10 % of the first estimate sent ÷ orders completed',
    },
    {
      ...{ from: order, at: 'r.completed_at', org, cuts: ofOrder },
      where: `r.statement is not null and ${firstSent} is not null`,
      numerator: isTrue(
        `abs((r.statement->>'totalKrw')::float8 - (${firstSent}->>'totalKrw')::float8) <= 0.1 * (${firstSent}->>'totalKrw')::float8`,
      ),
    },
  ),
  kpi(
    {
      ...{ name: 'approvalLeadTime', unit: 'h', ko: '승인까지 걸린 시간', en: 'Approval lead time' },
      formula: 'LinesApproved − EstimateSent of the same version, mean over approvals',
    },
    {
      from: `rm_ws_order r, jsonb_array_elements(r.answers) a, jsonb_array_elements(r.estimates) e`,
      ...{ at: `(a->>'at')::timestamptz`, org, cuts: { ...ofOrder, method: `a->>'method'` } },
      where: `a->>'answer' = 'approved' and e->>'version' = a->>'version' and e->>'sentAt' is not null`,
      numerator: hours(`(e->>'sentAt')::timestamptz`, `(a->>'at')::timestamptz`),
    },
  ),
  kpi(
    {
      ...{ name: 'approvalRate', unit: 'ratio', ko: '승인율', en: 'Approval rate' },
      formula: 'Σ supply value of lines approved ÷ Σ supply value of lines proposed',
    },
    {
      from: `rm_ws_order r, jsonb_array_elements(r.lines) l`,
      ...{ at: 'r.opened_at', org, cuts: ofOrder, where: `r.answers <> '[]'` },
      numerator: `case when l->>'state' in ('approved', 'inWork', 'done') then (l->>'amountKrw')::float8 else 0 end`,
      denominator: `(l->>'amountKrw')::float8`,
    },
  ),
  kpi(
    {
      ...{ name: 'labourEfficiency', unit: 'ratio', ko: '공임 효율', en: 'Labour efficiency' },
      formula: 'Σ standard hours of labour lines done ÷ Σ hours clocked, over orders completed',
    },
    {
      ...{ from: order, at: 'r.completed_at', org, cuts: technician, where: 'r.worked_minutes > 0' },
      numerator: `(select coalesce(sum((l->>'hours')::float8 * (l->>'qty')::float8), 0)
        from jsonb_array_elements(r.lines) l where l->>'kind' = 'labour' and l->>'state' = 'done')`,
      denominator: 'r.worked_minutes / 60.0',
    },
  ),
];
