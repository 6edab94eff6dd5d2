import { adminSubscriptions } from './subscriptions/admin.ts';
import { coreSubscriptions } from './subscriptions/core.ts';
import { deliverySubscriptions } from './subscriptions/delivery.ts';
import { fleetSubscriptions } from './subscriptions/fleet.ts';
import { ownerSubscriptions } from './subscriptions/owner.ts';
import { partsSubscriptions } from './subscriptions/parts.ts';
import { platformSubscriptions } from './subscriptions/platform.ts';
import { repairSubscriptions } from './subscriptions/repair.ts';
import type { SubscriptionDef } from './types.ts';

export type { RecordExport } from './audit/exports.ts';
export { AuditSample, type AuditSamples, auditSample, createAuditSamples } from './audit/samples.ts';
export { type BreakGlass, breakGlassHeader, createBreakGlass, readingOf } from './break-glass.ts';
export { RecordFilter, viewerOf } from './define.ts';
export { createPdfDocuments, type PdfDocument, type PdfDocuments } from './documents/documents.ts';
export { createDrawing, type DocumentKind, type Drawing, documentKinds } from './documents/drawing.ts';
export { ReadError } from './errors.ts';
export { createFileAccess, type FileAccess } from './files/access.ts';
export { type FilesVerified, verifyFiles } from './files/verify.ts';
export { type ReadHttpDeps, startReadApi } from './http/app.ts';
export { highestNumber, listLookups, lookups, peopleOf } from './lookups.ts';
export {
  createPositionAccess,
  PositionAccessEntry,
  type PositionAccessLog,
  positionAccessRoles,
} from './positions/access.ts';
export {
  createPositions,
  DeliveryPosition,
  type PositionReader,
  type PositionRight,
  type Positions,
} from './positions/positions.ts';
export { queries } from './queries/index.ts';
export { createReadApi, type ReadApiDeps } from './read-api.ts';
export type * from './types.ts';

/** Every live query. */
export const subscriptions: readonly SubscriptionDef[] = [
  ...repairSubscriptions,
  ...fleetSubscriptions,
  ...partsSubscriptions,
  ...deliverySubscriptions,
  ...ownerSubscriptions,
  ...adminSubscriptions,
  ...coreSubscriptions,
  ...platformSubscriptions,
];
