import { appendCases } from './cases/append.ts';
import { deleteCases, linkCases, metadataCases, tombstoneCases } from './cases/delete.ts';
import { operationsCases } from './cases/operations.ts';
import { persistentAllCases, persistentCases } from './cases/persistent.ts';
import { projectionCases } from './cases/projections.ts';
import { batchCases, discoveryCases, httpCases, wireCases } from './cases/raw.ts';
import { readAllCases, readStreamCases } from './cases/read.ts';
import { securityCases } from './cases/security.ts';
import { subscribeAllCases, subscribeStreamCases } from './cases/subscribe.ts';
import type { ConformanceCase } from './suite.ts';

export const allCases: readonly ConformanceCase[] = [
  ...appendCases,
  ...readStreamCases,
  ...readAllCases,
  ...subscribeStreamCases,
  ...subscribeAllCases,
  ...deleteCases,
  ...tombstoneCases,
  ...metadataCases,
  ...linkCases,
  ...persistentCases,
  ...persistentAllCases,
  ...batchCases,
  ...wireCases,
  ...httpCases,
  ...discoveryCases,
  ...projectionCases,
  ...operationsCases,
  ...securityCases,
];
