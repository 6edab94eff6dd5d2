import { type FragmentOf, graphql } from '../../../kit/graphql.ts';

export const InvoiceFields = graphql(`
  fragment InvoiceFields on Invoice @_unmask {
    id revision position status number sellerOrgId payer { kind id } buyerBusinessNo source { kind id } sourceId
    lines { lineId text supplyKrw taxable } supplyKrw vatKrw totalKrw paidKrw balanceKrw
    payments { paymentId method amountKrw refundedKrw at externalRef }
    documentKind issuedOn dueOn sha256 creditNoteNumber draftedAt
    allowedCommands { name label }
  }
`);
export type Invoice = FragmentOf<typeof InvoiceFields>;

export const InvoiceQuery = graphql(
  `
    query Invoice($id: String!) {
      invoice(id: $id) { ...InvoiceFields }
    }
  `,
  [InvoiceFields],
);
export const InvoiceAsOf = graphql(
  `
    query InvoiceAsOf($id: String!, $revision: String!) {
      invoice(id: $id) { id asOf(revision: $revision) { ...InvoiceFields } }
    }
  `,
  [InvoiceFields],
);
export const InvoicesQuery = graphql(
  `
    query Invoices($filter: RecordFilterInput, $sourceId: String, $after: String) {
      invoices(filter: $filter, sourceId: $sourceId, first: 50, after: $after) {
        edges { node { ...InvoiceFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [InvoiceFields],
);
export const InvoiceChanged = graphql(
  `
    subscription InvoiceChanged($orgId: String!, $afterPosition: Position) {
      invoiceChanged(orgId: $orgId, afterPosition: $afterPosition) { position change id node { ...InvoiceFields } }
    }
  `,
  [InvoiceFields],
);
