/** Middles of the country’s seventeen first-level regions, as people who drive there name them. */
const middles: Readonly<Record<string, readonly [lat: number, lon: number]>> = {
  seoul: [37.56, 126.98],
  busan: [35.18, 129.07],
  daegu: [35.87, 128.6],
  incheon: [37.46, 126.7],
  gwangju: [35.16, 126.85],
  daejeon: [36.35, 127.38],
  ulsan: [35.54, 129.31],
  sejong: [36.48, 127.29],
  gyeonggi: [37.29, 127.05],
  gangwon: [37.82, 128.16],
  chungbuk: [36.8, 127.7],
  chungnam: [36.52, 126.8],
  jeonbuk: [35.72, 127.15],
  jeonnam: [34.87, 126.99],
  gyeongbuk: [36.49, 128.89],
  gyeongnam: [35.46, 128.21],
  jeju: [33.49, 126.53],
};
export const regions: readonly string[] = Object.keys(middles);

/** The region whose middle is nearest: good enough to sort a dispatcher’s board, not an address. */
export const regionOf = ({ lat, lon }: { readonly lat: number; readonly lon: number }): string => {
  // A degree of longitude is about four fifths of one of latitude here.
  const distance = ([x, y]: readonly [number, number]): number => (lat - x) ** 2 + (0.8 * (lon - y)) ** 2;
  const [first, ...others] = Object.entries(middles);
  return others.reduce((best, one) => (distance(one[1]) < distance(best[1]) ? one : best), first!)[0];
};
