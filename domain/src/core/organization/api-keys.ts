import type { z } from 'zod';
import { accept, type Context, isAfter, isBefore, isOurs, plusDays, plusHours, reject } from '../../kit/index.ts';
import type { IssueKey, RevokeKey, RotateKey } from './organization.inputs.ts';
import { type ApiKey, type Org, permissionsOf } from './organization.state.ts';
import { isPermission } from './permissions.ts';

/** Valid keys an organisation may have at one time. */
const maxKeys = 20;

export const issueApiKey = (state: Org, input: z.infer<typeof IssueKey>, ctx: Context) => {
  const { secretHash: hash, last4, ...data } = input;
  if (data.keyId in state.apiKeys) return reject('ALREADY_EXISTS');
  if (!hash || !last4) return reject('SECRET_MISSING');
  if (!data.scopes.every(isPermission)) return reject('PERMISSION_UNKNOWN');
  const held = permissionsOf(state, [ctx.actor.role ?? '', ...(state.members[ctx.actor.id] ?? [])]);
  if (!isOurs(ctx.actor) && data.scopes.some((scope) => !held.has(scope))) return reject('SCOPE_ABOVE_ISSUER');
  if (isBefore(data.expiresAt, ctx.now)) return reject('EXPIRY_IN_PAST');
  if (isAfter(data.expiresAt, plusDays(ctx.now, 366))) return reject('EXPIRY_TOO_FAR');
  const valid = Object.values(state.apiKeys).filter((key) => !key.revoked && isAfter(key.expiresAt, ctx.now));
  if (valid.length >= maxKeys) return reject('TOO_MANY_KEYS');
  return accept({ type: 'ApiKeyIssued' as const, data: { ...data, hash, last4 } });
};

export const rotateApiKey = (state: Org, input: z.infer<typeof RotateKey>, ctx: Context) => {
  const { orgId, keyId, overlapHours, secretHash: hash, last4 } = input;
  const key = state.apiKeys[keyId];
  if (!key) return reject('KEY_UNKNOWN');
  if (key.revoked) return reject('ALREADY_REVOKED');
  if (!hash || !last4) return reject('SECRET_MISSING');
  const previousValidUntil = plusHours(ctx.now, overlapHours);
  return accept({ type: 'ApiKeyRotated' as const, data: { orgId, keyId, hash, last4, previousValidUntil } });
};

export const revokeApiKey = (state: Org, data: z.infer<typeof RevokeKey>) => {
  const key = state.apiKeys[data.keyId];
  if (!key) return reject('KEY_UNKNOWN');
  return key.revoked ? reject('ALREADY_REVOKED') : accept({ type: 'ApiKeyRevoked' as const, data });
};

/** The state with a key set, or changed if it is there. */
export const withKey = <S extends Org>(state: S, keyId: string, change: ApiKey | ((key: ApiKey) => ApiKey)): S => {
  const key = state.apiKeys[keyId];
  const next = typeof change === 'function' ? key && change(key) : change;
  return next ? { ...state, apiKeys: { ...state.apiKeys, [keyId]: next } } : state;
};
