import { processActor, seoulDay } from '@cargoro/domain';
import { nothing } from './act.ts';
import type { Car } from './cars.ts';
import type { Chain } from './visit-of.ts';
import { later, tell } from './world.ts';

/** The journey of what was due by a fleet's plan (P2), told along the visit that does it. */
export const chainOf = (car: Car, correlationId: string, itemCodes: readonly string[], onEnd: () => void): Chain => {
  const { vehicleId } = car;
  let reservation = '';
  const say = (at: string, type: string, input: object) =>
    tell(at, processActor('fleetMaintenance'), type, { vehicleId, ...input }, { correlationId });
  return {
    ...{ correlationId, itemCodes },
    *asked(reservationId, at) {
      reservation = reservationId;
      yield say(at, 'BookItems', { itemCodes, reservationId });
    },
    *completed(v, lines, at) {
      const done = new Set(lines.map(({ serviceCode }) => serviceCode));
      const evidence = { repairOrderId: v.repairOrderId };
      for (const itemCode of itemCodes)
        if (done.has(itemCode))
          yield say(later(at, 1), 'CompleteItem', { itemCode, doneOn: seoulDay(at), doneKm: car.km, evidence });
      if (itemCodes.some((code) => !done.has(code)))
        yield say(later(at, 2), 'UnbookItems', { reservationId: reservation, reason: '이번에는 하지 않았습니다.' });
    },
    *gaveUp(at) {
      yield say(later(at, 1), 'UnbookItems', { reservationId: reservation, reason: '정비를 취소했습니다.' });
    },
    *ended() {
      onEnd();
      yield* nothing();
    },
  };
};
