import { type FragmentOf, graphql } from '../../../kit/graphql.ts';

export const ReservationFields = graphql(`
  fragment ReservationFields on Reservation @_unmask {
    id revision position status workshopId workshopOrgId vehicleId plate make model modelYear requester { kind id } requesterName
    wanted { from to } services { code note } complaint pickupWanted returnWanted startsAt slot { bayId start end }
    proposalNote advisorId reschedules requestedAt arrivedAt odometerKm repairOrderId reason lateFeeKrw
    allowedCommands { name label }
  }
`);
export type Reservation = FragmentOf<typeof ReservationFields>;

export const ReservationsQuery = graphql(
  `
    query Reservations($filter: RecordFilterInput, $after: String) {
      reservations(filter: $filter, first: 100, after: $after) {
        edges { node { ...ReservationFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [ReservationFields],
);
export const ReservationQuery = graphql(
  `
    query Reservation($id: String!) {
      reservation(id: $id) { ...ReservationFields }
    }
  `,
  [ReservationFields],
);
export const ReservationAsOf = graphql(
  `
    query ReservationAsOf($id: String!, $revision: String!) {
      reservation(id: $id) { id asOf(revision: $revision) { ...ReservationFields } }
    }
  `,
  [ReservationFields],
);
export const ReservationChanged = graphql(
  `
    subscription ReservationChanged($workshopId: String!, $afterPosition: Position) {
      reservationChanged(workshopId: $workshopId, afterPosition: $afterPosition) { position change id node { ...ReservationFields } }
    }
  `,
  [ReservationFields],
);
