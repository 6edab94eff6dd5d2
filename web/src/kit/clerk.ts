/** What we use of Clerk in a page, once its script is there; undefined where the local issuer stands in for it. */
type Clerk = {
  readonly loaded: boolean;
  readonly session?: { getToken(): Promise<string | null> } | null;
  signOut(): Promise<void>;
};

export const clerk = (): Clerk | undefined => (globalThis as { Clerk?: Clerk }).Clerk;
