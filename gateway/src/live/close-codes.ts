/** Codes a socket is closed with, besides those of the graphql-transport-ws protocol. */
export const closeCodes = {
  /** The token ended, or the right to see did. A client signs in again and resumes with `afterPosition`. */
  forbidden: 4403,
  /** The client reads slower than things change and too much waits for it. It resumes with `afterPosition`. */
  tooSlow: 4290,
  /** What was missed cannot be read right now. */
  tryAgainLater: 1013,
  /** This process stops; another one serves. */
  restarting: 1012,
} as const;
