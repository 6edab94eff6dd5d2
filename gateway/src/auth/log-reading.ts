import { readingOf } from '@cargoro/read-api';
import type { FastifyBaseLogger } from 'fastify';
import type { Viewer } from '../read-types.ts';

/** Every reading by emergency access stands in the log under its case; other readings do not. */
export const logReading = (log: FastifyBaseLogger, viewer: Viewer, what: () => object): void => {
  if (viewer.breakGlass) log.info({ ...readingOf(viewer), ...what() }, 'Read by emergency access');
};
