import type { DevUser } from '../../auth/local-issuer.ts';

export type Data = Readonly<Record<string, unknown>>;
export type Problem = { readonly message: string; readonly extensions?: { readonly code?: string } };
export type Answer = {
  readonly data?: Data | null;
  readonly errors?: readonly Problem[];
  readonly extensions?: { readonly stale?: boolean };
};
export type Accepted = { readonly streamId: string; readonly position: string; readonly events: readonly string[] };
export type Result =
  | (Accepted & { readonly __typename: 'Accepted' })
  | { readonly __typename: 'Rejected'; readonly code: string };
/** Where and why a command arose, as the apps of people tell it. */
export type Origin = { readonly occurredAt?: string; readonly reasonCode?: string; readonly reasonText?: string };

export type Place = {
  /** Of the gateway, without a path. */
  readonly url: string;
  readonly tokenOf: (user: DevUser) => string;
  /** Posts one request. A place whose parts go away posts it again; a command's id makes that safe. */
  readonly post: (send: () => Promise<Answer>) => Promise<Answer>;
  /** How often a lost socket is opened again; it then goes on where it was. */
  readonly reconnects: number;
  /** How long something that must come about may take. */
  readonly patienceMs: number;
};

/** What people of a story share: where the log stands after what any of them did, so that all read it. */
export const sharedPosition = () => {
  let position = 0n;
  return {
    get: (): string => String(position),
    note: (reached: string): void => {
      if (BigInt(reached) > position) position = BigInt(reached);
    },
  };
};
