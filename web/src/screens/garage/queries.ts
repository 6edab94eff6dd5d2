import { type FragmentOf, graphql } from '../../kit/graphql.ts';

export const ApprovalFields = graphql(`
  fragment ApprovalFields on ApprovalRequest @_unmask {
    id revision position status waiting number workshopId vehicleId customerId plate make model version
    lines {
      lineId kind serviceCode name partId grade qty hours rateKrw unitPriceKrw payer taxable findingId
      alternatives { grade unitPriceKrw partId } state version amountKrw answer
    }
    pendingLineIds findings { findingId system severity measured note photos { objectId sha256 bytes takenAt } }
    answers { answer lineIds at } supplyKrw vatKrw totalKrw approvedKrw supplement sentAt dueAt openedAt
    parties { kind id as }
    allowedCommands { name label }
  }
`);
export type Approval = FragmentOf<typeof ApprovalFields>;

export const InboxQuery = graphql(
  `
    query ApprovalInbox($after: String) {
      approvalInbox(first: 50, after: $after) {
        edges { node { ...ApprovalFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [ApprovalFields],
);
export const ApprovalQuery = graphql(
  `
    query ApprovalRequest($id: String!) {
      approvalRequest(id: $id) { ...ApprovalFields }
    }
  `,
  [ApprovalFields],
);
export const InboxChanged = graphql(
  `
    subscription ApprovalInboxChanged($afterPosition: Position) {
      approvalInboxChanged(afterPosition: $afterPosition) { position change id node { ...ApprovalFields } }
    }
  `,
  [ApprovalFields],
);

export const CarFields = graphql(`
  fragment CarFields on Vehicle @_unmask {
    id revision position status plate plateColour make model modelYear fuel odometerKm odometerAt custody { kind id } openOrderId openDtcs
    reminders { reminderId kind dueOn dueKm note } openOrder { repairOrderId number status promisedAt }
  }
`);
export type Car = FragmentOf<typeof CarFields>;
export const CarsQuery = graphql(
  `
    query MyVehicles($after: String) {
      myVehicles(first: 50, after: $after) {
        edges { node { ...CarFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [CarFields],
);
export const WorkshopNames = graphql(`
  query WorkshopNames {
    workshops(first: 100) { edges { node { id name address phone status menus { menuVersion effectiveFrom items { serviceCode name standardHours } } } } }
  }
`);
