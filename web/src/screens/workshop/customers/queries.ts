import { type FragmentOf, graphql } from '../../../kit/graphql.ts';

export const VehicleFields = graphql(`
  fragment VehicleFields on Vehicle @_unmask {
    id revision position status plate plateColour vin make model trim modelYear fuel usage firstRegisteredOn
    owner { kind id } ownerId odometerKm odometerAt custody { kind id } custodySince openOrderId openDtcs
    allowedCommands { name label }
  }
`);
export type Vehicle = FragmentOf<typeof VehicleFields>;

export const VehicleQuery = graphql(
  `
    query Vehicle($id: String!) {
      vehicle(id: $id) { ...VehicleFields }
    }
  `,
  [VehicleFields],
);
export const VisitsQuery = graphql(`
  query Visits($vehicleId: String!) {
    repairOrders(vehicleId: $vehicleId, first: 50) {
      edges { node { id number status plate model customerName openedAt odometerInKm dueKrw approvedKrw complaint statement { number } } }
    }
  }
`);
export const CustomersQuery = graphql(`
  query Customers($filter: RecordFilterInput, $after: String) {
    repairOrders(filter: $filter, first: 100, after: $after) {
      edges { node { id vehicleId plate make model customerName customer { kind id } openedAt status dueKrw } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
