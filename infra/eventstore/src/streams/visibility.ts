import { type LogRecord, recordCreatedMs } from '../log/record.ts';
import type { StreamHead } from './heads.ts';
import type { StreamMetadata } from './metadata.ts';

/** Revisions that stream metadata leave readable; empty when first > last. */
export const visibleRange = ({ last, metadata }: StreamHead): { first: number; last: number } => ({
  first: Math.max(0, metadata.truncateBefore ?? 0, metadata.maxCount === undefined ? 0 : last - metadata.maxCount + 1),
  last,
});

export const isVisible = (record: LogRecord, { maxAgeSeconds }: StreamMetadata, nowMs: number): boolean =>
  maxAgeSeconds === undefined || recordCreatedMs(record) >= nowMs - maxAgeSeconds * 1000;
