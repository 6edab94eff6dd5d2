/** The demo worlds, from a look around to a heavy load. */
export const profiles = ['tiny', 'demo', 'load'] as const;
export type Profile = (typeof profiles)[number];
