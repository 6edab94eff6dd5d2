import { idOf } from './cast.ts';
import { menu, ratePerHourKrw } from './founding.ts';

export type Payer = 'owner' | 'fleet' | 'warranty';

/** Labour of the menu at the posted rate. */
export const labour = (service: keyof typeof menu, payer: Payer, lineId = idOf(`line/${service}`)) => ({
  ...{ lineId, kind: 'labour', serviceCode: service, name: `${service} 작업` },
  ...{ hours: menu[service], rateKrw: ratePerHourKrw, payer },
});
/** A part, with the grades the client may choose from. */
export const part = (
  service: keyof typeof menu,
  partId: string,
  unitPriceKrw: number,
  payer: Payer,
  lineId = idOf(`line/${service}/part`),
) => ({
  ...{ lineId, kind: 'part', serviceCode: service, name: `${service} 부품`, partId },
  ...{ grade: 'oem', qty: 1, unitPriceKrw, payer },
  alternatives: [
    { grade: 'oem', unitPriceKrw },
    { grade: 'reman', unitPriceKrw: Math.round(unitPriceKrw * 0.6) },
  ],
});
