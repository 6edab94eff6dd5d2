type Point = { readonly lat: number; readonly lon: number };

const earthRadiusM = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in whole metres. */
export const metresBetween = (a: Point, b: Point): number => {
  const dLat = radians(b.lat - a.lat);
  const dLon = radians(b.lon - a.lon);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return Math.round(2 * earthRadiusM * Math.asin(Math.sqrt(Math.min(1, h))));
};

/** Roads are this much longer than the straight line. */
const roadFactor = 1.27;
/** By road, as far as anybody can tell beforehand, in kilometres with one decimal. */
export const roadKmBetween = (a: Point, b: Point): number => Math.round((metresBetween(a, b) * roadFactor) / 100) / 10;
