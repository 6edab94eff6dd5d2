import { type FragmentOf, graphql } from '../../../kit/graphql.ts';

export const OrderFields = graphql(`
  fragment OrderFields on RepairOrder @_unmask {
    id revision position status number workshopId workshopOrgId vehicleId plate make model modelYear
    customer { kind id } customerName payer { kind id } reservationId deliveryId slot { bayId start end }
    odometerInKm odometerOutKm fuelPct complaint conditionPhotos { objectId sha256 bytes takenAt } openedAt promisedAt
    technicianId technicianName bayId plannedHours
    findings { findingId system severity measured note photos { objectId sha256 bytes takenAt } } dtcs
    lines {
      lineId kind serviceCode name partId grade qty hours rateKrw unitPriceKrw payer taxable findingId
      alternatives { grade unitPriceKrw partId } state version amountKrw minutes answer
    }
    estimates {
      version state supplement menuVersion validUntil supplyKrw vatKrw totalKrw draftedAt channel sentAt dueAt
      lines { lineId kind serviceCode name partId grade qty hours rateKrw unitPriceKrw payer taxable findingId alternatives { grade unitPriceKrw partId } }
    }
    answers { answer version lineIds method approver { kind id } evidence { objectId sha256 } reason remindOn remindAtKm by at }
    pendingLineIds dueAt approvedKrw
    parts { requestId lineId partId qty usedQty missingQty state neededBy expectedOn substituteFor }
    labour { technicianId bayId lineIds startedAt endedAt pauseReason } workedMinutes waitReason waitingSince
    notes { text photos { objectId sha256 bytes takenAt } visibility by at }
    inspections { passed inspectorId checks { item pass value } roadTestKm failedLineIds reason at }
    statement { number sha256 responsibleMechanicId supplyKrw vatKrw totalKrw at } warrantyTerms { lineId untilOn untilKm }
    completedAt handOver { receiver { kind id } signature { objectId sha256 bytes takenAt } keyBack at } cancelReason dueKrw
    allowedCommands { name label }
  }
`);
export type Order = FragmentOf<typeof OrderFields>;
export type OrderLine = Order['lines'][number];

export const OrderQuery = graphql(
  `
    query RepairOrder($id: String!) {
      repairOrder(id: $id) { ...OrderFields }
    }
  `,
  [OrderFields],
);
export const OrderAsOf = graphql(
  `
    query RepairOrderAsOf($id: String!, $revision: String!) {
      repairOrder(id: $id) { id asOf(revision: $revision) { ...OrderFields } }
    }
  `,
  [OrderFields],
);
export const OrderChanged = graphql(
  `
    subscription RepairOrderChanged($id: String!, $afterPosition: Position) {
      repairOrderChanged(id: $id, afterPosition: $afterPosition) { position change id node { ...OrderFields } }
    }
  `,
  [OrderFields],
);
export const OrderListFields = graphql(`
  fragment OrderListFields on RepairOrder @_unmask {
    id revision position status number plate make model customerName openedAt promisedAt technicianName waitReason waitingSince approvedKrw dueKrw
  }
`);
export const OrderListQuery = graphql(
  `
    query RepairOrders($filter: RecordFilterInput, $after: String) {
      repairOrders(filter: $filter, first: 50, after: $after) {
        edges { node { ...OrderListFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [OrderListFields],
);
/** What parts cost, by their ids or numbers. */
export const PartsQuery = graphql(`
  query PartsOfEstimate($partIds: [String!]!) {
    searchParts(partIds: $partIds, first: 100) { edges { node { id partNo prices { from krw } } } }
  }
`);
