import { plateLetters } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import type { Draws } from '../sim/draws.ts';
import { type Geo, models } from './country.ts';
import type { Person } from './people.ts';
import { nextDay } from './seasons.ts';

/** A car, with what changes while the world goes on. */
export type Car = {
  readonly vehicleId: string;
  readonly owner: { readonly kind: 'user' | 'org'; readonly id: string };
  /** Who drives it and speaks for it. */
  readonly driver: Person;
  readonly body: 'car' | 'van' | 'truck';
  readonly isEv: boolean;
  readonly geo: Geo;
  readonly registration: Record<string, unknown>;
  readonly kmPerDay: number;
  /** What its odometer shows. */
  km: number;
  /** Its last reading that is in the log. */
  readKm: number;
  /** The day it was last seen; its kilometres count from there. */
  seenOn?: string;
  /** It has a visit ahead or under way. */
  isBooked: boolean;
  /** It is in a workshop, with a delivery driver or on a trip. */
  isAway: boolean;
};

type Ask = {
  readonly path: string;
  readonly no: number;
  readonly today: string;
  readonly owner: Car['owner'];
  readonly driver: Person;
  readonly geo: Geo;
  readonly usage: 'private' | 'rental' | 'commercial';
};
const letterOf = (usage: Ask['usage'], no: number): string => {
  const letters = plateLetters[usage].replace('배', '');
  return letters[Math.floor(no / 9_900) % letters.length] ?? '가';
};
const classOf = { car: [100, 699], van: [700, 799], truck: [800, 979] } as const;

/** A car to be registered. Its plate and VIN are given by its number, so no two are alike. */
export const carOf = (draws: Draws, { path, no, today, owner, driver, geo, usage }: Ask): Car => {
  const { make, model, body, wmi, fuels, price } = draws.weighted(models.map((m) => [m, m.weight] as const));
  const fuel = draws.weighted(fuels);
  const ageDays = draws.about(60, owner.kind === 'org' ? 1_900 : 3_600);
  const firstRegisteredOn = nextDay(today, -ageDays);
  const acquisitionKrw = draws.int(price[0], price[1]) * 1_000_000;
  const kmPerDay = body === 'truck' ? 82 : owner.kind === 'org' ? draws.about(30, 100) : draws.about(18, 48);
  const [low, high] = classOf[body];
  const digits = low + ((no * 7) % (high - low + 1));
  const plate = `${digits}${letterOf(usage, no)}${String(100 + (no % 9_900)).padStart(4, '0')}`;
  const isGreen = owner.kind === 'org' && body === 'car' && acquisitionKrw >= 80_000_000;
  const colour = fuel === 'ev' ? 'lightBlue' : isGreen && firstRegisteredOn >= '2024-01-01' ? 'lightGreen' : 'white';
  const km = ageDays * Math.max(12, kmPerDay - 10) + draws.int(0, 900);
  return {
    vehicleId: idOf(path),
    ...{ owner, driver, body, geo, kmPerDay, km, readKm: km, isBooked: false, isAway: false },
    isEv: fuel === 'ev',
    registration: {
      ...{ vehicleId: idOf(path), plate, make, model, fuel, usage, firstRegisteredOn, owner, odometerKm: km },
      ...{ plateColour: usage === 'commercial' ? 'yellow' : colour, bodyKind: body, acquisitionKrw },
      ...{ modelYear: Number(firstRegisteredOn.slice(0, 4)), vin: `${wmi}ZD00X${String(100_000_000 + no)}` },
    },
  };
};
