import { DateTime, Organization, org } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const row = z.object({
  orgId: z.string(),
  label: z.string(),
  status: z.enum(['active', 'revoked']).meta({ id: 'ApiKeyStatus' }),
  scopes: z.array(z.string()),
  ipRanges: z.array(z.string()),
  last4: z.string(),
  /** SHA-256 of the secret; for whoever checks a key, shown to nobody. */
  hash: z.string().nullable(),
  previousHash: z.string().nullable(),
  previousValidUntil: DateTime.nullable(),
  expiresAt: DateTime,
  issuedAt: DateTime,
  revokedReason: z.string().nullable(),
});
const hidden = (): null => null;

/** Keys of partner systems; only the fingerprint of a secret is kept. */
export const ApiKey = readModel({
  name: 'rm_api_key',
  type: 'ApiKey',
  version: 1,
  group: 'core',
  row,
  scope: ['orgId'],
  indexes: [['orgId', 'issuedAt', 'id'], ['hash'], ['previousHash']],
  from: [Organization],
  key: ({ data }) => (data as { keyId?: string }).keyId,
  seenBy: ({ orgId }) => [org(String(orgId), 'org')],
  masks: { hash: hidden, previousHash: hidden },
}).folds({
  start: {
    ApiKeyIssued: ({ data: { orgId, label, scopes, ipRanges = [], last4, hash, expiresAt }, meta }) => ({
      orgId,
      label,
      status: 'active',
      scopes,
      ipRanges,
      last4,
      hash,
      previousHash: null,
      previousValidUntil: null,
      expiresAt,
      issuedAt: meta.occurredAt,
      revokedReason: null,
    }),
  },
  on: {
    ApiKeyRotated: (row, { data: { hash, last4, previousValidUntil } }) => ({
      ...row,
      hash,
      last4,
      previousHash: row.hash,
      previousValidUntil,
    }),
    ApiKeyRevoked: (row, { data }) => ({ ...row, status: 'revoked', revokedReason: data.reason }),
  },
});
