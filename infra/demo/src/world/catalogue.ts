import { vatOf } from '@cargoro/domain';

type Part = { readonly no: string; readonly name: string; readonly qty: number; readonly priceKrw: number };
type Service = {
  readonly name: string;
  readonly hours: number;
  readonly exempt?: true;
  readonly parts: readonly Part[];
};

/** Real function prefixes with invented suffixes, so that nobody orders from them. Prices without VAT, in won. */
const part = (no: string, name: string, priceKrw: number, qty = 1): Part => ({ no, name, qty, priceKrw });
export const services = {
  OIL: {
    name: '엔진오일 교환',
    hours: 0.4,
    exempt: true,
    parts: [
      part('OIL-5W30', '엔진오일 5W-30 1L', 11_000, 5),
      part('26300-ZD001', '오일필터', 7_000),
      part('28113-ZD001', '에어클리너', 12_000),
    ],
  },
  CABIN: { name: '에어컨필터 교환', hours: 0.2, exempt: true, parts: [part('97133-ZD001', '캐빈필터', 14_000)] },
  BATT: { name: '배터리 교환', hours: 0.3, exempt: true, parts: [part('37110-ZD001', '배터리 AGM', 165_000)] },
  PADF: { name: '앞 브레이크패드 교환', hours: 0.9, parts: [part('58101-ZD001', '앞 패드 세트', 62_000)] },
  DISCF: {
    name: '앞 디스크·패드 교환',
    hours: 1.6,
    parts: [part('58101-ZD002', '앞 패드 세트', 70_000), part('51712-ZD001', '앞 디스크', 64_000, 2)],
  },
  PADR: { name: '뒤 브레이크패드 교환', hours: 0.9, parts: [part('58302-ZD001', '뒤 패드 세트', 52_000)] },
  PLUG: { name: '점화플러그 교환', hours: 0.9, parts: [part('18840-ZD001', '점화플러그', 12_000, 4)] },
  WPUMP: { name: '워터펌프 교환', hours: 2.5, parts: [part('25100-ZD001', '워터펌프', 96_000)] },
  ALT: { name: '발전기 교환', hours: 1.4, parts: [part('37300-ZD001', '발전기', 290_000)] },
  STRUT: { name: '앞 쇼버 교환 (좌우)', hours: 2.2, parts: [part('54650-ZD001', '앞 쇼버', 118_000, 2)] },
  TYRE: { name: '타이어 교환', hours: 0.3, exempt: true, parts: [part('TIRE-235-55R19', '타이어 235/55R19', 198_000)] },
  DIAG: { name: '고장 진단', hours: 0.7, parts: [] },
} as const satisfies Record<string, Service>;
export type ServiceCode = keyof typeof services;

export const menu = (Object.entries(services) as [ServiceCode, Service][]).map(
  ([serviceCode, { name, hours, exempt, parts }]) => ({
    serviceCode,
    name,
    standardHours: hours,
    partsHint: parts.map((p) => p.name),
    estimateExempt: exempt === true,
  }),
);

export type EstimateLine = {
  readonly lineId: string;
  readonly kind: 'labour' | 'part';
  readonly name: string;
  readonly qty: number;
  readonly amountKrw: number;
  readonly input: Record<string, unknown>;
};

/** Won, rounded to hundreds, of the certified alternative of an OEM part. */
const alternative = (priceKrw: number): number => Math.round((priceKrw * 0.65) / 100) * 100;

/** The lines of a service: its labour, and each part with the choice of grades the law asks for. */
export const linesOf = (
  code: ServiceCode,
  {
    lineId,
    rateKrw,
    payer,
    findingId,
  }: { lineId: (name: string) => string; rateKrw: number; payer: string; findingId?: string },
): readonly EstimateLine[] => {
  const { name, hours, parts }: Service = services[code];
  const common = { payer, serviceCode: code, ...(findingId && { findingId }) };
  const labour = {
    lineId: lineId(`${code}/labour`),
    kind: 'labour' as const,
    name,
    qty: 1,
    amountKrw: Math.round(hours * rateKrw),
  };
  return [
    { ...labour, input: { ...common, lineId: labour.lineId, kind: 'labour', name, qty: 1, hours, rateKrw } },
    ...parts.map(({ no, name: partName, qty, priceKrw }) => {
      const line = {
        lineId: lineId(`${code}/${no}`),
        kind: 'part' as const,
        name: partName,
        qty,
        amountKrw: priceKrw * qty,
      };
      const alternatives = [
        { grade: 'oem', partId: no, unitPriceKrw: priceKrw },
        { grade: 'certifiedAlt', partId: `${no}-C`, unitPriceKrw: alternative(priceKrw) },
      ];
      const input = {
        ...common,
        lineId: line.lineId,
        kind: 'part',
        name: partName,
        partId: no,
        grade: 'oem',
        qty,
        unitPriceKrw: priceKrw,
        alternatives,
      };
      return { ...line, input };
    }),
  ];
};

/** The money of an invoice over these lines: VAT once on the total, rounded down. */
export const invoiceOf = (lines: readonly { lineId: string; name: string; amountKrw: number }[]) => {
  const supplyKrw = lines.reduce((sum, { amountKrw }) => sum + amountKrw, 0);
  const vatKrw = vatOf(supplyKrw);
  return {
    lines: lines.map(({ lineId, name, amountKrw }) => ({ lineId, text: name, supplyKrw: amountKrw, taxable: true })),
    supplyKrw,
    vatKrw,
    totalKrw: supplyKrw + vatKrw,
  };
};
