import { Day, UserAccount, Vehicle } from '@cargoro/domain';
import { z } from 'zod';
import { PersonName } from '../core/person-card.ts';
import { readModel } from '../kit/read-model.ts';

const { licenceClass } = UserAccount.events.LicenceRecorded.schema.shape;
export const { bodyKind } = Vehicle.events.VehicleRegistered.schema.shape;
export const driverPapers = {
  driverName: PersonName,
  licenceClass: licenceClass.nullable(),
  /** The last day of the transport insurance. */
  insuredTo: Day.nullable(),
};

/** Name and papers of those who may drive, for the rows of drivers. Nobody reads it directly. */
export const DriverCard = readModel({
  name: 'rm_driver_card',
  type: 'DriverCard',
  version: 1,
  group: 'delivery',
  row: z.object(driverPapers),
  scope: [],
  indexes: [],
  from: [UserAccount],
  seenBy: () => [],
}).folds({
  start: {
    UserRegistered: ({ data }) => ({ driverName: data.person?.name ?? null, licenceClass: null, insuredTo: null }),
  },
  on: {
    LicenceRecorded: (row, { data }) => ({ ...row, licenceClass: data.licenceClass }),
    TransportInsuranceRecorded: (row, { data }) => ({ ...row, insuredTo: data.validTo }),
    UserErased: (row) => ({ ...row, driverName: null, licenceClass: null, insuredTo: null }),
  },
});

/** What kind of car it is, for the rows of deliveries: not every licence covers each. */
export const CarCard = readModel({
  name: 'rm_delivery_car',
  type: 'DeliveryCar',
  version: 1,
  group: 'delivery',
  row: z.object({ bodyKind }),
  scope: [],
  indexes: [],
  from: [Vehicle],
  seenBy: () => [],
}).folds({ start: { VehicleRegistered: ({ data }) => ({ bodyKind: data.bodyKind }) } });
