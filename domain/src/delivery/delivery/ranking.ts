import { isBefore } from '../../kit/index.ts';
import { metresBetween } from '../../shared/geo.ts';

/** A place further down in standing is worth so much of the way. */
const standingM = 250;

type Point = { readonly lat: number; readonly lon: number };
/** A driver who takes jobs now, and what counts when one is chosen. */
export type FreeDriver = {
  readonly driverId: string;
  /** Where the last job ended, or the shift began. */
  readonly place: Point;
  /** When the shift is to end; an unplanned one is open. */
  readonly plannedTo?: string | undefined;
  /** Place among the colleagues, the best first. */
  readonly standing: number;
  readonly licenceClass?: string | undefined;
  /** The last day of the transport insurance. */
  readonly insuredTo?: string | undefined;
};
type Job = {
  readonly pickup: Point;
  /** When the car has to be there. */
  readonly until: string;
  readonly bodyKind?: string | undefined;
};

const heavyClasses = ['class1Large', 'class1Ordinary', 'class1Special'];
export const coversBody = (licenceClass: string, bodyKind: string | undefined): boolean =>
  heavyClasses.includes(licenceClass) || (licenceClass === 'class2Ordinary' && bodyKind === 'car');

/** Those of them who may drive the car on a day: who has the time for it, then the near and the well-tried. */
export const rankedDrivers = <D extends FreeDriver>(
  { pickup, until, bodyKind }: Job,
  drivers: readonly D[],
  on: string,
): readonly (D & { readonly metres: number; readonly isOvertime: boolean })[] =>
  drivers
    .filter(
      ({ licenceClass, insuredTo }) =>
        licenceClass && coversBody(licenceClass, bodyKind) && insuredTo !== undefined && insuredTo >= on,
    )
    .map((driver) => ({
      ...driver,
      metres: metresBetween(driver.place, pickup),
      // The shift is to end before the car has to be there.
      isOvertime: driver.plannedTo !== undefined && isBefore(driver.plannedTo, until),
    }))
    .toSorted(
      (a, b) => Number(a.isOvertime) - Number(b.isOvertime) || way(a) - way(b) || (a.driverId < b.driverId ? -1 : 1),
    );
const way = ({ metres, standing }: { readonly metres: number; readonly standing: number }): number =>
  metres + standing * standingM;
