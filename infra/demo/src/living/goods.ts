/** Parts by their function prefix, and the services that need them (domain.md §7.5). Prices without VAT, in won. */
export type Good = {
  readonly prefix: string;
  readonly name: string;
  readonly en: string;
  readonly price: readonly [number, number];
  readonly unit: 'EA' | 'SET' | 'L';
  /** How often it is used, for what a store keeps. */
  readonly demand: number;
};
const good = (
  prefix: string,
  [name, en]: readonly [string, string],
  price: readonly [number, number],
  demand: number,
  unit: Good['unit'] = 'EA',
): Good => ({ prefix, name, en, price, unit, demand });
export const goods: readonly Good[] = [
  good('OIL-5W30', ['엔진오일 5W-30', 'Engine oil 5W-30'], [8_500, 13_000], 40, 'L'),
  good('26300', ['오일필터', 'Oil filter'], [5_500, 8_500], 9),
  good('28113', ['에어클리너', 'Air filter'], [9_000, 16_000], 9),
  good('97133', ['캐빈필터', 'Cabin filter'], [8_000, 18_000], 5),
  good('58101', ['앞 패드 세트', 'Front pads'], [42_000, 78_000], 5, 'SET'),
  good('58302', ['뒤 패드 세트', 'Rear pads'], [36_000, 62_000], 3, 'SET'),
  good('51712', ['앞 디스크', 'Front disc'], [42_000, 75_000], 4),
  good('37110', ['배터리', 'Battery'], [95_000, 165_000], 3),
  good('18840', ['점화플러그', 'Spark plug'], [7_500, 14_000], 8),
  good('27301', ['점화코일', 'Ignition coil'], [32_000, 48_000], 2),
  good('98350', ['와이퍼', 'Wiper'], [8_000, 15_000], 4),
  good('92101', ['헤드램프 LED', 'Head lamp'], [380_000, 950_000], 1),
  good('86511', ['앞 범퍼', 'Front bumper'], [130_000, 240_000], 1),
  good('37300', ['발전기', 'Alternator'], [165_000, 290_000], 1),
  good('36100', ['스타터', 'Starter'], [140_000, 240_000], 1),
  good('25100', ['워터펌프', 'Water pump'], [68_000, 110_000], 1),
  good('25310', ['라디에이터', 'Radiator'], [135_000, 220_000], 1),
  good('54650', ['앞 쇼버', 'Front strut'], [78_000, 140_000], 2),
  good('52933', ['TPMS 센서', 'TPMS sensor'], [32_000, 45_000], 1),
  good('ATF', ['미션오일', 'ATF'], [9_500, 14_000], 12, 'L'),
  good('TIRE-235.55R19', ['타이어 235/55R19', 'Tyre 235/55R19'], [165_000, 230_000], 5),
];

/** What a workshop pays for a part of that list price. */
export const costOf = (priceKrw: number): number => Math.round((priceKrw * 76) / 100);

export type ServiceCode = keyof typeof services;
type Need = { readonly prefix: string; readonly qty: number };
type Service = {
  readonly name: string;
  readonly hours: number;
  readonly exempt: boolean;
  readonly needs: readonly Need[];
  readonly weight: number;
};
const service = (
  name: string,
  hours: number,
  weight: number,
  needs: readonly (readonly [string, number])[] = [],
  exempt = false,
): Service => ({ name, hours, weight, exempt, needs: needs.map(([prefix, qty]) => ({ prefix, qty })) });
export const services = {
  OIL: service(
    '엔진오일 교환',
    0.4,
    26,
    [
      ['OIL-5W30', 5],
      ['26300', 1],
    ],
    true,
  ),
  CABIN: service('에어컨필터 교환', 0.2, 9, [['97133', 1]], true),
  PADF: service('앞 브레이크패드 교환', 0.9, 10, [['58101', 1]]),
  DISCF: service('앞 디스크·패드 교환', 1.6, 4, [
    ['58101', 1],
    ['51712', 2],
  ]),
  PADR: service('뒤 브레이크패드 교환', 0.9, 6, [['58302', 1]]),
  PLUG: service('점화플러그 교환', 0.9, 5, [['18840', 4]]),
  COIL: service('점화코일 교환', 0.5, 2, [['27301', 1]]),
  COOL: service('부동액 교환', 0.8, 3, [], true),
  ACGAS: service('에어컨 가스 충전', 0.6, 3),
  DIAG: service('고장 진단', 0.7, 4),
  BATT: service('배터리 교환', 0.3, 6, [['37110', 1]], true),
  TYRE: service('타이어 교환', 0.3, 5, [['TIRE-235.55R19', 2]], true),
  ALIGN: service('휠얼라인먼트', 0.8, 4),
  ATF: service('미션오일 교환', 1.2, 3, [['ATF', 8]], true),
  BRKF: service('브레이크액 교환', 0.75, 3),
  WPUMP: service('워터펌프 교환', 2.5, 2, [['25100', 1]]),
  ALT: service('발전기 교환', 1.4, 2, [['37300', 1]]),
  STRUT: service('앞 쇼버 교환 (좌우)', 2.2, 3, [['54650', 2]]),
  LAMP: service('헤드램프 교환', 0.7, 1, [['92101', 1]]),
  LEGAL: service('정기검사 대행', 0.5, 2),
} as const satisfies Record<string, Service>;
export const serviceCodes = Object.keys(services) as ServiceCode[];
/** What does not touch an engine that is not there. */
export const evServices: readonly ServiceCode[] = serviceCodes.filter(
  (code) => !['OIL', 'PLUG', 'COIL', 'ATF', 'ALT', 'WPUMP'].includes(code),
);
/** Sensible in a season only: wipers, battery and air conditioning in the rains, tyres and coolant before winter. */
export const seasonal = (code: ServiceCode, month: number): number => {
  if ((month === 6 || month === 7) && (code === 'ACGAS' || code === 'BATT')) return 2;
  return month === 11 && (code === 'TYRE' || code === 'COOL') ? 2.5 : 1;
};
