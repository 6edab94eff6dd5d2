import { metresBetween } from '@cargoro/domain';

/** A point of a track: its moment in milliseconds, latitude and longitude. */
export type TrackPoint = readonly [at: number, lat: number, lon: number];

/** How far a point may lie from the line that stands for it, in metres: below what a phone can tell. */
const toleranceM = 10;
const metresPerDegree = 111_195;

/** Distance of p from the line a–b in metres, on a plane laid through a: exact enough for the length of a street. */
const offLine = ([, lat, lon]: TrackPoint, a: TrackPoint, b: TrackPoint): number => {
  const scale = Math.cos((a[1] * Math.PI) / 180);
  const flat = (la: number, lo: number) => [(lo - a[2]) * scale * metresPerDegree, (la - a[1]) * metresPerDegree];
  const [px = 0, py = 0] = flat(lat, lon);
  const [bx = 0, by = 0] = flat(b[1], b[2]);
  const length = bx * bx + by * by;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * bx + py * by) / length));
  return Math.hypot(px - along * bx, py - along * by);
};

/** The points that are needed to draw the way within ten metres, first and last among them (Douglas and Peucker). */
export const thinned = (points: readonly TrackPoint[]): readonly TrackPoint[] => {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    let [farthest, distance] = [from, toleranceM];
    for (let n = from + 1; n < to; n += 1) {
      const off = offLine(points[n] as TrackPoint, points[from] as TrackPoint, points[to] as TrackPoint);
      if (off > distance) [farthest, distance] = [n, off];
    }
    if (farthest === from) continue;
    keep.add(farthest);
    open.push([from, farthest], [farthest, to]);
  }
  return points.filter((_, n) => keep.has(n));
};

/** Length of the way in whole metres, by all its points. */
export const lengthOf = (points: readonly TrackPoint[]): number =>
  points.slice(1).reduce((sum, [, lat, lon], n) => {
    const [, fromLat, fromLon] = points[n] as TrackPoint;
    return sum + metresBetween({ lat: fromLat, lon: fromLon }, { lat, lon });
  }, 0);

/** The file that is kept of a track: the same points give the same bytes. Degrees to six places, a tenth of a metre. */
export const trackFile = (deliveryId: string, points: readonly TrackPoint[]): Buffer => {
  const lines = thinned(points).map(([at, lat, lon]) => `[${at},${lat.toFixed(6)},${lon.toFixed(6)}]`);
  return Buffer.from(`{"deliveryId":${JSON.stringify(deliveryId)},"points":[\n${lines.join(',\n')}\n]}\n`);
};
