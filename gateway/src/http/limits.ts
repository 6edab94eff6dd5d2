/**
 * What a request may ask. Measured: an estimate of 300 lines with every field, Korean names of full length and two
 * alternatives each is 380 KB as variables, and 20,000 tokens when written into the document: 10 ms to parse, 100 ms to
 * validate, once.
 */
export type Limits = {
  readonly bodyBytes: number;
  readonly documentTokens: number;
  readonly depth: number;
  readonly complexity: number;
  readonly subscriptionsPerSocket: number;
  /** Bytes waiting for a slow socket before it is dropped. */
  readonly socketBacklogBytes: number;
  /** Requests of one caller per minute; undefined: not limited. */
  readonly requestsPerMinute: number | undefined;
};

export const defaultLimits: Limits = {
  bodyBytes: 512 * 1_024,
  documentTokens: 25_000,
  depth: 12,
  complexity: 10_000,
  subscriptionsPerSocket: 50,
  socketBacklogBytes: 1_024 * 1_024,
  requestsPerMinute: 1_200,
};
