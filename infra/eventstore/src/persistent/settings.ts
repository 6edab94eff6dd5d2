import type { FilterSpec } from '../streams/filter.ts';

export const STRATEGIES = ['RoundRobin', 'DispatchToSingle', 'Pinned', 'PinnedByCorrelation'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface GroupSettings {
  readonly resolveLinks: boolean;
  readonly extraStatistics: boolean;
  readonly messageTimeoutMs: number;
  readonly maxRetryCount: number;
  readonly checkpointAfterMs: number;
  readonly checkpointLowerBound: number;
  readonly checkpointUpperBound: number;
  /** 0: no limit. */
  readonly maxSubscribers: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly strategy: Strategy;
}

/** A group as it is stored, one entry of `$persistentSubscriptionConfig`. */
export interface GroupConfig {
  readonly source: string;
  readonly group: string;
  readonly settings: GroupSettings;
  /** As asked for: 'start' and 'end' stay what they are in the group's info. */
  readonly startFrom: 'start' | 'end' | number;
  /** First revision (or log position) to deliver while there is no checkpoint: 'end' as it was at creation. */
  readonly firstCursor: number;
  readonly filter?: FilterSpec;
}

export const groupKey = (source: string, group: string): string => `${source}::${group}`;
export const checkpointStream = (key: string): string => `$persistentsubscription-${key}-checkpoint`;
export const parkedStream = (key: string): string => `$persistentsubscription-${key}-parked`;
