/** Facts of the sample world (domain.md §7.3–7.5): cities, invented firms, names by their share, cars, parts. */
export type Geo = { readonly lat: number; readonly lon: number };
const place = (city: string, district: string, lat: number, lon: number) => ({ city, district, geo: { lat, lon } });
export const places = {
  gangnam: place('서울', '강남구', 37.498, 127.028),
  seongsu: place('서울', '성동구', 37.545, 127.056),
  mapo: place('서울', '마포구', 37.554, 126.91),
  incheon: place('인천', '남동구', 37.456, 126.705),
  suwon: place('수원', '팔달구', 37.264, 127.029),
  pangyo: place('성남', '분당구', 37.395, 127.11),
  daejeon: place('대전', '서구', 36.35, 127.385),
  jeonju: place('전주', '완산구', 35.824, 127.148),
  gwangju: place('광주', '서구', 35.16, 126.853),
  daegu: place('대구', '수성구', 35.871, 128.601),
  ulsan: place('울산', '남구', 35.538, 129.311),
  busan: place('부산', '해운대구', 35.18, 129.076),
} as const;
export type PlaceKey = keyof typeof places;

type Shop = {
  readonly key: string;
  readonly name: string;
  readonly en: string;
  readonly place: PlaceKey;
  readonly class: 'general' | 'smallGeneral' | 'specialist';
  readonly ev: boolean;
  readonly bays: number;
  readonly technicians: number;
};
const shop = (
  [key, name, en, at]: readonly [string, string, string, PlaceKey],
  kind: Shop['class'],
  bays: number,
  technicians: number,
  ev = false,
): Shop => ({ key, name, en, place: at, class: kind, ev, bays, technicians });
/** 52 bays and 70 technicians in all. */
export const shops: readonly Shop[] = [
  shop(['gaon', '가온오토케어 강남', 'Gaon Auto Care Gangnam', 'gangnam'], 'specialist', 4, 5),
  shop(['mapo', '마포한마음정비', 'Mapo Hanmaeum Garage', 'mapo'], 'specialist', 3, 4),
  shop(['seongsu', '성수모터랩', 'Seongsu Motor Lab', 'seongsu'], 'specialist', 4, 5, true),
  shop(['saerom', '새롬카서비스 인천', 'Saerom Car Service', 'incheon'], 'smallGeneral', 4, 5),
  shop(['daon', '다온모터스 수원', 'Daon Motors', 'suwon'], 'specialist', 4, 5),
  shop(['mir', '미르전기차정비 판교', 'Mir EV Garage', 'pangyo'], 'specialist', 4, 6, true),
  shop(['nuri', '누리자동차공업사 대전', 'Nuri Motor Works', 'daejeon'], 'general', 6, 8),
  shop(['sodam', '소담카센터 전주', 'Sodam Car Centre', 'jeonju'], 'specialist', 3, 4),
  shop(['bitgoeul', '빛고을카케어 광주', 'Bitgoeul Car Care', 'gwangju'], 'specialist', 3, 4),
  shop(['hanul', '한울오토 대구', 'Hanul Auto', 'daegu'], 'smallGeneral', 4, 6),
  shop(['onsaemiro', '온새미로공업사 울산', 'Onsaemiro Works', 'ulsan'], 'general', 6, 8),
  shop(['bada', '바다로모터스 부산', 'Badaro Motors', 'busan'], 'general', 7, 10),
];

type Firm = { readonly key: string; readonly name: string; readonly en: string; readonly place: PlaceKey };
const firm = (key: string, name: string, en: string, at: PlaceKey): Firm => ({ key, name, en, place: at });
export const fleetFirms: readonly Firm[] = [
  firm('hangyeol', '한결물산', 'Hangyeol Trading', 'mapo'),
  firm('pureunsol', '푸른솔바이오', 'Pureunsol Bio', 'gangnam'),
  firm('saebyeok', '새벽유통', 'Saebyeok Logistics', 'incheon'),
  firm('dodam', '도담건설', 'Dodam Construction', 'daejeon'),
  firm('iden', '이든테크', 'Iden Tech', 'pangyo'),
  firm('laon', '라온식품', 'Laon Foods', 'busan'),
  firm('haesol', '해솔의료', 'Haesol Medical', 'daegu'),
  firm('neulbom', '늘봄시설', 'Neulbom Facilities', 'suwon'),
];
export const supplierFirms: readonly (Firm & {
  readonly brand: string;
  readonly leadDays: readonly [number, number];
})[] = [
  { ...firm('dongbang', '동방부품상사', 'Dongbang Parts', 'seongsu'), brand: '한빛', leadDays: [0, 1] },
  { ...firm('haneul', '하늘파츠', 'Haneul Parts', 'suwon'), brand: '하늘', leadDays: [1, 2] },
  { ...firm('jeil', '제일오토부품', 'Jeil Auto Parts', 'daejeon'), brand: '제일', leadDays: [1, 2] },
  { ...firm('jeonji', '전지마루', 'Jeonji Maru', 'incheon'), brand: '마루', leadDays: [1, 2] },
  { ...firm('tireon', '타이어온', 'Tire On', 'daegu'), brand: '온로드', leadDays: [1, 2] },
  { ...firm('rebuild', '리빌드파츠', 'Rebuild Parts', 'gwangju'), brand: '다시', leadDays: [2, 4] },
];

export const familyNames: readonly (readonly [string, number])[] = [
  ...([
    ['김', 21],
    ['이', 15],
    ['박', 8],
    ['최', 5],
    ['정', 4],
  ] as const),
  ...(['강', '조', '윤', '장', '임'] as const).map((name) => [name, 2] as const),
  ...(['한', '오', '서', '신', '권', '황', '안', '송', '전', '홍', '유', '고', '문', '양', '손', '배'] as const).map(
    (name) => [name, 1.5] as const,
  ),
];
export const givenNames = (
  '민준 서연 도윤 하은 시우 지우 주원 서현 하준 민서 지호 하윤 준서 지유 준우 채원 현우 지민 도현 수아 건우 다은 우진 예린 선우 소율 서진 은우 연우 가람 ' +
  '유진 나래 정우 소연 승우 지안 민재 윤서 현서 수빈 지훈 예은 시윤 서영 준호 지원 재윤 세아 태윤 보람 은찬 아린 한결 세린 성민 혜원 동현 미소 재현 다온'
).split(' ');

/** Make, model, body, WMI, weight, fuels by weight, price in million won from and to. */
type Model = {
  readonly make: string;
  readonly model: string;
  readonly body: 'car' | 'van' | 'truck';
  readonly wmi: string;
  readonly weight: number;
  readonly fuels: readonly (readonly [string, number])[];
  readonly price: readonly [number, number];
};
const model = (
  [make, name, body, wmi]: readonly [string, string, Model['body'], string],
  weight: number,
  fuels: Readonly<Record<string, number>>,
  price: readonly [number, number],
): Model => ({ make, model: name, body, wmi, weight, fuels: Object.entries(fuels), price });
export const models: readonly Model[] = [
  model(['기아', '쏘렌토', 'car', 'KNA'], 9.5, { hybrid: 65, diesel: 15, gasoline: 20 }, [36, 50]),
  model(['기아', '카니발', 'car', 'KNA'], 8.2, { hybrid: 50, diesel: 30, gasoline: 20 }, [35, 55]),
  model(['현대', '싼타페', 'car', 'KMH'], 7.9, { hybrid: 65, gasoline: 35 }, [36, 50]),
  model(['기아', '스포티지', 'car', 'KND'], 7.3, { hybrid: 45, gasoline: 40, lpg: 15 }, [27, 40]),
  model(['현대', '그랜저', 'car', 'KMH'], 7.3, { hybrid: 50, gasoline: 35, lpg: 15 }, [37, 52]),
  model(['현대', '아반떼', 'car', 'KMH'], 6, { gasoline: 70, hybrid: 25, lpg: 5 }, [20, 30]),
  model(['현대', '쏘나타', 'car', 'KMH'], 4, { gasoline: 50, hybrid: 25, lpg: 25 }, [28, 40]),
  model(['기아', 'K5', 'car', 'KNA'], 4, { gasoline: 50, hybrid: 25, lpg: 25 }, [28, 40]),
  model(['현대', '투싼', 'car', 'KMH'], 4, { gasoline: 50, hybrid: 50 }, [27, 42]),
  model(['기아', '셀토스', 'car', 'KND'], 4, { gasoline: 60, hybrid: 40 }, [22, 32]),
  model(['현대', '캐스퍼', 'car', 'KMH'], 3, { gasoline: 70, ev: 30 }, [15, 32]),
  model(['기아', '레이', 'car', 'KNA'], 3, { gasoline: 75, ev: 25 }, [14, 30]),
  model(['현대', '아이오닉 5', 'car', 'KMH'], 2, { ev: 1 }, [48, 62]),
  model(['기아', 'EV6', 'car', 'KNA'], 2, { ev: 1 }, [48, 62]),
  model(['제네시스', 'G80', 'car', 'KMT'], 5, { gasoline: 1 }, [60, 95]),
  model(['현대', '포터2', 'truck', 'KMF'], 5, { diesel: 40, lpg: 40, ev: 20 }, [20, 45]),
  model(['기아', '봉고3', 'truck', 'KNC'], 4, { diesel: 40, lpg: 40, ev: 20 }, [20, 45]),
  model(['현대', '스타리아', 'van', 'KMH'], 3, { diesel: 50, lpg: 30, hybrid: 20 }, [28, 45]),
  model(['KGM', '토레스', 'car', 'KPB'], 3, { gasoline: 70, ev: 30 }, [28, 38]),
  model(['르노코리아', 'QM6', 'car', 'KNM'], 2, { gasoline: 50, lpg: 50 }, [27, 36]),
  model(['테슬라', '모델 Y', 'car', 'LRW'], 3, { ev: 1 }, [53, 65]),
  model(['BMW', '520i', 'car', 'WBA'], 2, { gasoline: 1 }, [68, 95]),
];
