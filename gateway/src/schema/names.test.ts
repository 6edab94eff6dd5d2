import { aggregates } from '@cargoro/domain';
import { queries, subscriptions } from '@cargoro/read-api';
import { describe, expect, it } from 'vitest';
import { createSchema } from './schema.ts';

/** The reads the apps were promised, by app: their names are part of the contract. */
const promised = {
  query: {
    workshop: 'workshopBoard repairOrder repairOrders bayTimeline reservations myJobs freeSlots invoices invoice',
    delivery: 'driverHome openOffers delivery deliveries dispatchBoard',
    owner: 'myVehicles myVehicle vehicleHistory approvalInbox myReminders',
    fleet: 'fleetVehicles journeys journey costs budgetBurn tripLog tripLogExport businessUse policies policyAt',
    parts: 'stock stockItem stockMoves partRequests purchaseOrders purchaseOrder searchParts',
    platform:
      'organizations users apiKeys settings settingAt systemHealth processes events correlation auditCases auditCase',
  },
  subscription: {
    workshop:
      'workshopBoardChanged repairOrderChanged bayTimelineChanged reservationChanged myJobsChanged freeSlotsChanged invoiceChanged',
    delivery: 'driverHomeChanged offerReceived deliveryChanged dispatchBoardChanged',
    owner: 'myVehicleChanged approvalInboxChanged reminderFired',
    fleet: 'fleetVehiclesChanged journeyChanged budgetCrossed tripLogChanged',
    parts: 'stockChanged partRequestChanged purchaseOrderChanged',
    platform: 'organizationChanged settingChanged systemHealthChanged processChanged eventsAppended auditCaseChanged',
  },
};

describe('the schema', () => {
  const schema = createSchema({ aggregates, queries, subscriptions });
  const fields = {
    query: schema.getQueryType()?.getFields() ?? {},
    subscription: schema.getSubscriptionType()?.getFields() ?? {},
  };
  const cases = (['query', 'subscription'] as const).flatMap((kind) =>
    Object.entries(promised[kind]).map(([app, names]) => [kind, app, names.split(' ')] as const),
  );
  it.each(cases)('has every %s the %s app was promised', (kind, _app, names) => {
    expect(names.filter((name) => !(name in fields[kind]))).toEqual([]);
  });
});
