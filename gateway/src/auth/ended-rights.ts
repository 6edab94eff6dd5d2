import type { Role } from '@cargoro/domain';
import { LRUCache } from 'lru-cache';

/**
 * A right to act that ended now, before the tokens that state it do: a person's, a person's membership, or a whole
 * organisation's. With `roles` only other roles ended: these the person still holds.
 */
export type EndedRight = {
  readonly userId?: string | undefined;
  readonly orgId?: string | undefined;
  readonly roles?: readonly string[] | undefined;
};
export type Holder = { readonly userId: string; readonly orgId?: string | undefined; readonly role?: Role | undefined };

const keyOf = ({ userId, orgId }: EndedRight): string => `${userId ?? '*'}@${orgId ?? '*'}`;
const keepsRole = ({ roles }: EndedRight, { role }: Holder): boolean =>
  role !== undefined && roles?.includes(role) === true;

/** Does this holder act under the right that ended? */
export const restsOn = (holder: Holder, ended: EndedRight): boolean =>
  (!ended.userId || ended.userId === holder.userId) &&
  (!ended.orgId || ended.orgId === holder.orgId) &&
  !keepsRole(ended, holder);

/**
 * Tokens outlive the rights they state by up to their life. This remembers what ended, for as long as a token issued
 * before it could still be shown, and tells the sockets at once.
 */
export const createEndedRights = ({ longestTokenLifeMs = 24 * 3_600_000, now = Date.now } = {}) => {
  const known = new LRUCache<string, { readonly ended: EndedRight; readonly at: number }>({
    max: 100_000,
    ttl: longestTokenLifeMs,
  });
  const listeners = new Set<(ended: EndedRight) => void>();
  return {
    end: (ended: EndedRight): void => {
      if (!ended.userId && !ended.orgId) return;
      known.set(keyOf(ended), { ended, at: now() });
      for (const listener of listeners) listener(ended);
    },
    /** Was the token issued before a right it rests on ended? `issuedAt`: whole seconds, as tokens tell time. */
    isEnded: (holder: Holder & { readonly issuedAt: number }): boolean => {
      const { userId, orgId, issuedAt } = holder;
      return [{ userId }, { userId, orgId }, { orgId }].some((right) => {
        const standing = known.get(keyOf(right));
        return standing !== undefined && issuedAt * 1_000 <= standing.at && restsOn(holder, standing.ended);
      });
    },
    onEnd: (listener: (ended: EndedRight) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
export type EndedRights = ReturnType<typeof createEndedRights>;
