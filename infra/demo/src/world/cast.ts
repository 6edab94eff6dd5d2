import { type Actor, businessNoCheckDigit, type Party } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import { actorOf, orgs, personaOf, personas } from '../personas.ts';

/** People of the world without a sign-in of their own in the demo. */
export type Person = { readonly handle: string; readonly userId: string; readonly name: string };
const person = (handle: string, name: string): Person => ({ handle, userId: idOf(`user/${handle}`), name });

export const extras = {
  han: person('gaon.han', '한동수'),
  oh: person('gaon.oh', '오세훈'),
  mapoTech: person('mapo.tech', '신재현'),
  choi: person('owner.choi', '최은우'),
  jung: person('owner.jung', '정하윤'),
  kang: person('owner.kang', '강시우'),
  cho: person('owner.cho', '조아린'),
  yoon: person('owner.yoon', '윤지호'),
  jang: person('owner.jang', '장수아'),
  lim: person('owner.lim', '임건우'),
  kwon: person('owner.kwon', '권민재'),
  seo: person('owner.seo', '서예린'),
  ahn: person('owner.ahn', '안소율'),
};

/** Everybody who has an account, demo users first. */
export const people: readonly Person[] = [
  ...personas.map(({ user, userId, name }) => ({ handle: user, userId, name: name.ko })),
  ...Object.values(extras),
];

export const as = (user: string): Actor => actorOf(personaOf(user));
/** Acting for oneself: an account without a membership in play, or a private owner. */
export const asPerson = (userId: string, role: 'ANYONE' | 'OWNER' = 'OWNER'): Actor => ({
  kind: 'user',
  id: userId,
  role,
});

const businessNo = (nine: string): string =>
  `${nine.slice(0, 3)}-${nine.slice(3, 5)}-${nine.slice(5)}${businessNoCheckDigit(nine)}`;
export const companies = [
  { ...orgs.cargoro, businessNo: businessNo('999010001'), address: '서울 강남구 이음로 1', founder: 'admin' },
  { ...orgs.gaon, businessNo: businessNo('999110021'), address: '서울 강남구 가온길 12', founder: 'gaon.owner' },
  { ...orgs.mapo, businessNo: businessNo('999110034'), address: '서울 마포구 한마음로 7', founder: 'mapo.owner' },
  {
    ...orgs.hangyeol,
    businessNo: businessNo('999810047'),
    address: '서울 마포구 새벽길 30',
    founder: 'hangyeol.manager',
  },
  {
    ...orgs.dongbang,
    businessNo: businessNo('999210052'),
    address: '서울 성동구 부품로 88',
    founder: 'dongbang.manager',
  },
  { ...orgs.baro, businessNo: businessNo('999410063'), address: '서울 영등포구 나루길 5', founder: 'baro.dispatcher' },
];

export const workshops = {
  gaon: { workshopId: idOf('workshop/gaon'), rateKrw: 50_000, evRateKrw: 77_000 },
  mapo: { workshopId: idOf('workshop/mapo'), rateKrw: 45_000, evRateKrw: 77_000 },
};
export const bayOf = (workshop: keyof typeof workshops, n: number): string => idOf(`workshop/${workshop}/bay/${n}`);

export type Car = {
  readonly vehicleId: string;
  readonly plate: string;
  readonly plateColour: string;
  readonly make: string;
  readonly model: string;
  readonly modelYear: number;
  readonly fuel: string;
  readonly bodyKind: string;
  readonly firstRegisteredOn: string;
  readonly odometerKm: number;
  readonly wmi: string;
  readonly owner: Pick<Party, 'kind' | 'id'>;
};
const car = (
  plate: string,
  [make, model, fuel, wmi]: readonly [string, string, string, string],
  firstRegisteredOn: string,
  odometerKm: number,
  owner: Car['owner'],
  bodyKind = 'car',
): Car => ({
  vehicleId: idOf(`vehicle/${plate}`),
  plate,
  plateColour: fuel === 'ev' ? 'lightBlue' : 'white',
  make,
  model,
  modelYear: Number(firstRegisteredOn.slice(0, 4)),
  fuel,
  bodyKind,
  firstRegisteredOn,
  odometerKm,
  wmi,
  owner,
});
const owned = (userId: string) => ({ kind: 'user' as const, id: userId });
const fleet = { kind: 'org' as const, id: orgs.hangyeol.id };

export const cars = {
  kim: car(
    '123가4567',
    ['현대', '아반떼', 'gasoline', 'KMH'],
    '2021-03-11',
    52_310,
    owned(personaOf('owner.kim').userId),
  ),
  lee: car('45나1208', ['기아', '쏘렌토', 'hybrid', 'KNA'], '2023-05-20', 31_840, owned(personaOf('owner.lee').userId)),
  choi: car('238다6614', ['현대', '그랜저', 'hybrid', 'KMH'], '2022-09-02', 44_150, owned(extras.choi.userId)),
  jung: car('61라3390', ['기아', '레이', 'gasoline', 'KNA'], '2019-06-14', 78_920, owned(extras.jung.userId)),
  kang: car('352마7721', ['현대', '아이오닉 5', 'ev', 'KMH'], '2023-11-08', 28_440, owned(extras.kang.userId)),
  cho: car('17머5082', ['르노코리아', 'QM6', 'lpg', 'KNM'], '2018-04-25', 103_600, owned(extras.cho.userId)),
  yoon: car('129버8845', ['제네시스', 'G80', 'gasoline', 'KMT'], '2021-12-17', 61_270, owned(extras.yoon.userId)),
  jang: car('254서1937', ['기아', '스포티지', 'hybrid', 'KND'], '2022-02-28', 47_730, owned(extras.jang.userId)),
  lim: car('33어6420', ['KGM', '토레스', 'gasoline', 'KPB'], '2023-01-30', 35_980, owned(extras.lim.userId)),
  kwon: car('46우2284', ['현대', '투싼', 'hybrid', 'KMH'], '2022-05-12', 49_060, owned(extras.kwon.userId)),
  seo: car('182두9073', ['기아', 'EV6', 'ev', 'KNA'], '2022-08-23', 38_510, owned(extras.seo.userId)),
  ahn: car('27저4419', ['현대', '캐스퍼', 'gasoline', 'KMH'], '2022-04-04', 41_700, owned(extras.ahn.userId)),
  van: car('771보2356', ['현대', '스타리아', 'diesel', 'KMH'], '2022-07-06', 88_410, fleet, 'van'),
  sedan: car('308수5519', ['현대', '쏘나타', 'gasoline', 'KMH'], '2023-03-15', 57_060, fleet),
  sport: car('219조7043', ['기아', '쏘렌토', 'hybrid', 'KNA'], '2022-10-21', 59_880, fleet),
  truck: car('84주9162', ['기아', '봉고3', 'diesel', 'KNC'], '2020-08-19', 121_500, fleet, 'truck'),
};
export type CarName = keyof typeof cars;
