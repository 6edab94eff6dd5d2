import { LRUCache } from 'lru-cache';

/** A right to act that ended now, before the tokens that state it do: a person, or a person's membership, or an organisation. */
export type EndedRight = { readonly userId?: string | undefined; readonly orgId?: string | undefined };
type Holder = { readonly userId: string; readonly orgId?: string | undefined; readonly issuedAt: number };

const keyOf = ({ userId, orgId }: EndedRight): string => `${userId ?? '*'}@${orgId ?? '*'}`;

/**
 * Tokens outlive the rights they state by up to their life. This remembers what ended, for as long as a token issued
 * before it could still be shown, and tells the sockets at once.
 */
export const createEndedRights = ({ longestTokenLifeMs = 24 * 3_600_000, now = Date.now } = {}) => {
  const endedAt = new LRUCache<string, number>({ max: 100_000, ttl: longestTokenLifeMs });
  const listeners = new Set<(ended: EndedRight) => void>();
  return {
    end: (ended: EndedRight): void => {
      if (!ended.userId && !ended.orgId) return;
      endedAt.set(keyOf(ended), now());
      for (const listener of listeners) listener(ended);
    },
    /** Was the token issued before a right it rests on ended? Tokens tell time in whole seconds. */
    isEnded: ({ userId, orgId, issuedAt }: Holder): boolean =>
      [{ userId }, { userId, orgId }, { orgId }].some((right) => {
        const at = endedAt.get(keyOf(right));
        return at !== undefined && issuedAt * 1_000 <= at;
      }),
    onEnd: (listener: (ended: EndedRight) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
export type EndedRights = ReturnType<typeof createEndedRights>;
