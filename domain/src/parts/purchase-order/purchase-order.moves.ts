import type { Moves } from '../../kit/index.ts';

/** Which event takes the record from which state to which; any other event leaves its state as it is. */
export const moves = {
  GoodsReceived: {
    accepted: ['partlyReceived', 'received'],
    partlyReceived: 'received',
    shipping: ['partlyReceived', 'received'],
  },
  GoodsShipped: { accepted: 'shipping' },
  PurchaseOrderApproved: { draft: 'approved' },
  PurchaseOrderCancelled: { accepted: 'cancelled', approved: 'cancelled', draft: 'cancelled', submitted: 'cancelled' },
  PurchaseOrderClosed: { partlyReceived: 'closed', received: 'closed' },
  PurchaseOrderDrafted: { none: 'draft' },
  PurchaseOrderSubmitted: { approved: 'submitted', draft: 'submitted' },
  SupplierAccepted: { submitted: 'accepted' },
  SupplierDeclined: { submitted: 'declined' },
} as const satisfies Moves;
