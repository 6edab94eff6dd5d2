import { seoulDay, seoulMinuteOfDay, weekday } from '@cargoro/domain';
import type { Geo } from './country.ts';

/** Road kilometres: 1.27 times the straight line, on a plane that fits Korea; exact on every machine. */
export const kmBetween = (a: Geo, b: Geo): number => {
  const north = (a.lat - b.lat) * 111;
  const east = (a.lon - b.lon) * 90;
  return Math.max(1, Math.round(Math.sqrt(north * north + east * east) * 1.27));
};

const thousands = (krw: number): number => Math.round(krw / 1_000) * 1_000;

/** The fare of domain.md §7.6: by distance, more at night and on weekends. */
export const fareOf = (distanceKm: number, at: string) => {
  const [near, middle, far] = [
    Math.min(distanceKm, 30),
    Math.min(Math.max(distanceKm - 30, 0), 120),
    Math.max(distanceKm - 150, 0),
  ];
  const baseKrw = thousands(12_000 + near * 250 + middle * 340 + far * 220);
  const minute = seoulMinuteOfDay(at);
  const surcharges = [
    ...(minute >= 1_320 || minute < 360 ? [{ kind: 'night', krw: thousands(baseKrw / 5) }] : []),
    ...([0, 6].includes(weekday(seoulDay(at))) ? [{ kind: 'weekend', krw: thousands(baseKrw / 10) }] : []),
  ];
  return { distanceKm, baseKrw, surcharges, totalKrw: surcharges.reduce((sum, { krw }) => sum + krw, baseKrw) };
};
export type Fare = ReturnType<typeof fareOf>;
