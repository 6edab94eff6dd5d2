import { DateTime } from '@cargoro/domain';
import { z } from 'zod';

/** A point of a driver's way, as the device saw it. Metres, kilometres an hour, degrees clockwise from north. */
const Point = z
  .object({
    at: DateTime,
    lat: z.number().min(-90).max(90),
    lon: z.number().min(-180).max(180),
    speedKmh: z.number().min(0).max(300).optional(),
    headingDeg: z.number().min(0).max(360).optional(),
    accuracyM: z.number().min(0).max(5_000).optional(),
  })
  .strict()
  .meta({ id: 'PositionPoint' });

/** What a driver's device posts: the points since it posted last, of the delivery in hand. */
export const PositionBatch = z
  .object({ deliveryId: z.string().min(1).max(64), points: z.array(Point).min(1).max(200) })
  .strict()
  .meta({ id: 'PositionBatch' });
export type PositionBatch = z.infer<typeof PositionBatch>;
export type PositionPoint = PositionBatch['points'][number];

export const PositionsStored = z
  .object({
    stored: z.int().describe('Points kept'),
    ignored: z.int().describe('Points known already, or from before the car was taken over'),
  })
  .meta({ id: 'PositionsStored' });
export type PositionsStored = z.infer<typeof PositionsStored>;

/** A device that was without a network may be this late; its clock may be this fast. */
export const latestMs = 60_000;
export const oldestMs = 24 * 3_600_000;
