import type { Part } from './cast.ts';
import { evServices, type ServiceCode, serviceCodes, services } from './goods.ts';
import type { Line, Visit } from './visit-of.ts';

/** The share of part lines whose part the workshop keeps none of. */
const strangeParts = 0.115;
/** A service the car may need besides these. */
export const otherCode = ({ car, draws }: Visit, codes: readonly ServiceCode[]): ServiceCode =>
  draws.pick((car.isEv ? evServices : serviceCodes).filter((code) => !codes.includes(code)));

const hundreds = (krw: number): number => Math.round(krw / 100) * 100;

const partFor = (v: Visit, prefix: string): Part => {
  const kept = v.shop.stocked.filter((part) => part.prefix === prefix);
  const others = v.w.cast.parts.filter((part) => part.prefix === prefix && !kept.includes(part));
  return others.length > 0 && v.draws.chance(strangeParts) ? v.draws.pick(others) : v.draws.pick(kept);
};

/** Lines of the services: labour at the posted rate, parts with the grades the client may choose from. */
export const linesOf = (v: Visit, codes: readonly ServiceCode[], tag: string): Line[] =>
  codes.flatMap((serviceCode) => {
    const { name, hours, needs } = services[serviceCode];
    const rateKrw = v.car.isEv ? v.shop.rates.ev : v.shop.rates.general;
    const common = { payer: v.customer.kind, serviceCode };
    const idFor = (what: string) => v.w.id(`${v.path}/${tag}/${serviceCode}/${what}`);
    const labour = { lineId: idFor('labour'), name, serviceCode, amountKrw: Math.round(hours * rateKrw), qty: 1 };
    const free = {
      ...common,
      lineId: idFor('free'),
      kind: 'discount',
      name: '무상 수리',
      unitPriceKrw: labour.amountKrw,
    };
    return [
      { ...labour, input: { ...common, lineId: labour.lineId, kind: 'labour', name, hours, rateKrw } },
      ...(v.warrantyOf ? [{ ...labour, lineId: free.lineId, amountKrw: -labour.amountKrw, input: free }] : []),
      ...(v.warrantyOf ? [] : needs).map(({ prefix, qty }): Line => {
        const part = partFor(v, prefix);
        const { partId, grade, priceKrw: unitPriceKrw } = part;
        const other = { grade: grade === 'oem' ? 'certifiedAlt' : 'oem', unitPriceKrw: hundreds(unitPriceKrw * 0.65) };
        const line = { lineId: idFor(prefix), name: part.name, serviceCode, amountKrw: unitPriceKrw * qty, qty, part };
        const alternatives = [{ grade, partId, unitPriceKrw }, other];
        const input = { ...common, kind: 'part', name: part.name, partId, grade, qty, unitPriceKrw, alternatives };
        return { ...line, input: { ...input, lineId: line.lineId } };
      }),
    ];
  });
