/** How much of everything there is (domain.md §7.1). */
export type Size = {
  readonly workshops: number;
  readonly owners: number;
  readonly privateCars: number;
  readonly fleets: number;
  readonly fleetCars: number;
  readonly members: number;
  readonly drivers: number;
  readonly dispatchers: number;
  readonly suppliers: number;
  readonly parts: number;
  /** Kinds of parts in each workshop's store. */
  readonly stocked: number;
  readonly days: number;
  /** Cars that come to one bay on an ordinary day. */
  readonly carsPerBay: number;
  /** Cars moved for others on an ordinary day. */
  readonly relocations: number;
};

export const demoSize: Size = {
  ...{ workshops: 12, owners: 320, privateCars: 380, fleets: 8, fleetCars: 240, members: 300 },
  ...{
    drivers: 45,
    dispatchers: 4,
    suppliers: 6,
    parts: 420,
    stocked: 181,
    days: 180,
    carsPerBay: 1.12,
    relocations: 5.7,
  },
};

/** About a hundredth of the demo, for tests: the same code, the same rates. */
export const sliceSize: Size = {
  ...{ workshops: 2, owners: 14, privateCars: 16, fleets: 1, fleetCars: 12, members: 12 },
  ...{ drivers: 4, dispatchers: 1, suppliers: 2, parts: 42, stocked: 30, days: 20, carsPerBay: 0.6, relocations: 1 },
};
