import { isTrue, kpi } from './kpi.ts';

const lines = 'rm_po r, jsonb_array_elements(r.lines) l';
const ofPo = { supplier: 'r.supplier_org_id', buyer: 'r.buyer_org_id' };
const legEnd = (leg: string): string => `(r.${leg}->'window'->>'to')::timestamptz`;
const ofDelivery = { driver: 'r.driver_id', kind: 'r.kind' };
const carrier = `coalesce(r.transport_org_id, r.requester->>'id')`;

/** Parts, deliveries and fleets. */
export const tradeKpis = [
  kpi(
    {
      ...{ name: 'supplierFillRate', unit: 'ratio', ko: '공급사 충족률', en: 'Supplier fill rate' },
      formula: 'Σ quantity the supplier accepted ÷ Σ quantity ordered, over lines answered',
    },
    {
      ...{ from: lines, at: 'r.submitted_at', org: 'r.buyer_org_id', cuts: ofPo },
      ...{
        numerator: `(l->>'acceptedQty')::int`,
        denominator: `(l->>'qty')::int`,
        where: `l->>'acceptedQty' is not null`,
      },
    },
  ),
  kpi(
    {
      ...{ name: 'stockTurns', unit: 'turns', ko: '재고 회전', en: 'Stock turns' },
      formula: 'Σ cost issued in the year of the last issue ÷ Σ value of the stock on hand',
    },
    {
      ...{ from: 'rm_stock r', at: 'r.last_move_at', org: 'r.org_id', cuts: { warehouse: 'r.warehouse_id' } },
      ...{ numerator: 'r.issued_krw', denominator: 'r.value_krw' },
    },
  ),
  kpi(
    {
      ...{ name: 'shrinkage', unit: 'ratio', ko: '재고 손실률', en: 'Shrinkage' },
      formula: '−Σ value adjusted for loss or error ÷ Σ cost issued',
    },
    {
      from: 'rm_stock_move r join rm_stock s on s.id = r.stock_id',
      ...{ at: 'r.at', org: 's.org_id', cuts: { warehouse: 'r.warehouse_id', actor: 'r.actor_id' } },
      numerator: `case when r.kind = 'adjusted' then -r.value_krw else 0 end`,
      denominator: `case when r.kind = 'issued' then -r.value_krw else 0 end`,
      where: `r.kind = 'issued' or (r.kind = 'adjusted' and r.reason in ('loss', 'error'))`,
    },
  ),
  kpi(
    {
      ...{ name: 'onTimePickup', unit: 'ratio', ko: '정시 인수율', en: 'On-time pick-up' },
      formula: 'arrivals at pick-up no later than the end of its window ÷ all arrivals',
    },
    {
      ...{ from: 'rm_delivery r', at: 'r.arrived_at_pickup_at', org: carrier, cuts: ofDelivery },
      numerator: isTrue(`r.arrived_at_pickup_at <= ${legEnd('pickup')}`),
    },
  ),
  kpi(
    {
      ...{ name: 'onTimeDelivery', unit: 'ratio', ko: '정시 인계율', en: 'On-time delivery' },
      formula: 'hand-overs no later than the end of the window ÷ all hand-overs',
    },
    {
      ...{ from: 'rm_delivery r', at: 'r.ended_at', org: carrier, cuts: ofDelivery, where: `r.status = 'completed'` },
      numerator: isTrue(`r.ended_at <= ${legEnd('dropoff')}`),
    },
  ),
  kpi(
    {
      ...{ name: 'damageDisputeRate', unit: 'ratio', ko: '손상 분쟁률', en: 'Damage dispute rate' },
      formula: 'deliveries handed over with new damage, or refused at first ÷ all handed over',
    },
    {
      ...{ from: 'rm_delivery r', at: 'r.ended_at', org: carrier, cuts: ofDelivery, where: `r.status = 'completed'` },
      numerator: isTrue(`r.reason is not null or r.handover->'damages' <> '[]'`),
    },
  ),
  kpi(
    {
      ...{ name: 'offerAcceptance', unit: 'ratio', ko: '제안 수락률', en: 'Offer acceptance' },
      formula: 'offers accepted ÷ offers made',
    },
    {
      from: 'rm_offer r join rm_delivery d on d.id = r.delivery_id',
      ...{ at: 'r.offered_at', org: 'd.transport_org_id', cuts: { driver: 'r.driver_id', round: 'r.round' } },
      numerator: isTrue(`r.status = 'accepted'`),
    },
  ),
  kpi(
    {
      ...{ name: 'costPerKm', unit: 'KRW/km', ko: 'km당 비용', en: 'Cost per km' },
      formula: 'Σ (CostBooked − CostReversed) ÷ Σ km driven, of the latest year recorded',
    },
    {
      ...{
        from: 'rm_fleet_vehicle r',
        at: 'r.odometer_at',
        org: 'r.fleet_org_id',
        where: 'r.fleet_org_id is not null',
      },
      ...{ numerator: 'r.cost_year_krw', denominator: 'r.km_year', cuts: { vehicle: 'r.id', model: 'r.model' } },
    },
  ),
  kpi(
    {
      ...{ name: 'businessUseRatio', unit: 'ratio', ko: '업무사용비율', en: 'Business-use ratio' },
      formula: 'Σ commute and business km ÷ Σ km, of months closed (K8)',
    },
    {
      ...{ from: 'rm_business_use_year r', at: `make_date(r.year, 12, 31)`, org: 'r.fleet_org_id' },
      ...{ numerator: 'r.commute_km + r.business_km', denominator: 'r.total_km', cuts: { vehicle: 'r.vehicle_id' } },
    },
  ),
  kpi(
    {
      ...{ name: 'budgetUse', unit: 'ratio', ko: '예산 사용률', en: 'Budget burn' },
      formula: 'Σ booked ÷ Σ budget, of budgets that were set',
    },
    {
      ...{
        from: 'rm_budget r',
        at: `make_date(r.year, 12, 31)`,
        org: 'r.fleet_org_id',
        where: 'r.budget_krw is not null',
      },
      ...{ numerator: 'r.booked_krw', denominator: 'r.budget_krw' },
      cuts: { category: 'r.category', contract: 'r.contract_id' },
    },
  ),
];
