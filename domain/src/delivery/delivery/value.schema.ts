import { z } from 'zod';
import { isBefore, PartyKind } from '../../kit/index.ts';
import { Code, DateTime, FileRef, Geo, Id, Line, Sha256 } from '../../shared/values.ts';

/** Value objects of a delivery (탁송). Addresses and contacts are references into the vault, never the data itself. */
export const deliveryId = Id;
const Ref = z.string().min(1).max(64);
export const TimeWindow = z
  .object({ from: DateTime, to: DateTime })
  .refine(({ from, to }) => isBefore(from, to), { path: ['to'], error: 'Use a moment after `from`' })
  .meta({ id: 'TimeWindow' });
export const DeliveryPlace = z
  .object({
    addressRef: Ref,
    geo: Geo,
    contactRef: Ref,
    window: TimeWindow,
    /** SHA-256 of the one-time code, as a JSON string, that the contact may show in place of a signature. */
    codeHash: Sha256.optional(),
  })
  .meta({ id: 'DeliveryPlace' });
export const DeliveryParty = z.object({ kind: PartyKind, id: Id }).meta({ id: 'DeliveryParty' });
export const DeliveryLinks = z
  .object({
    ...{ reservationId: Id.optional(), repairOrderId: Id.optional(), contractId: Id.optional() },
    /** The delivery that broke off, and that this one takes on from where it left the car. */
    replacesId: Id.optional(),
  })
  .meta({ id: 'DeliveryLinks' });

/** Money that a rule allows to be negative nowhere; refused by name. */
const Price = z.int().min(-100_000_000).max(100_000_000);
export const Surcharge = z.object({ kind: Code, krw: Price }).meta({ id: 'FareSurcharge' });
/** No fare is agreed for a longer way. */
export const mostRoadKm = 2_000;
export const Fare = z.object({
  distanceKm: z.number().min(0).max(mostRoadKm),
  baseKrw: Price,
  surcharges: z.array(Surcharge).max(20).default([]),
  totalKrw: Price,
});

export const PhotoSlot = z
  .enum(['front', 'rear', 'left', 'right', 'dash', 'fuel', 'interior', 'damage'])
  .meta({ id: 'PhotoSlot' });
/** Guided photos: four sides and the dashboard with the odometer are obligatory. */
export const SlotPhoto = FileRef.extend({ slot: PhotoSlot, geo: Geo.optional() }).meta({ id: 'SlotPhoto' });
export const requiredSlots: readonly z.infer<typeof PhotoSlot>[] = ['front', 'rear', 'left', 'right', 'dash'];
export const Damage = z
  .object({
    zone: Line,
    kind: z.enum(['scratch', 'dent', 'crack', 'missing', 'other']).meta({ id: 'DamageKind' }),
    photo: FileRef.optional(),
  })
  .meta({ id: 'Damage' });
export const LeftAt = z.object({ addressRef: Ref, geo: Geo }).meta({ id: 'VehicleLeftAt' });
export const PersonRef = Ref;
/** A one-time code as the contact reads it out; it never enters an event. */
export const OneTimeCode = z.string().regex(/^\d{4,8}$/, 'Use the 4 to 8 digits');
