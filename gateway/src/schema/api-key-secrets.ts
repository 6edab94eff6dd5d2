import { createHmac } from 'node:crypto';
import type { CommandDef } from '@cargoro/domain';
import { hashApiKey } from '../auth/api-key.ts';

/** Fills in what a command needs of a new secret; undefined when the command makes none or brings its own. */
export type ApiKeySecrets = (
  def: CommandDef,
  commandId: string,
  input: Readonly<Record<string, unknown>>,
) => { readonly secret: string; readonly input: Record<string, unknown> } | undefined;

/**
 * Secrets of API keys are made here, in front of dispatch, so that no command and no event ever holds one. A secret
 * follows from the command's id, so a repeat of the command hands out the same one, though nothing keeps it.
 */
export const createApiKeySecrets =
  (masterKey: string): ApiKeySecrets =>
  (def, commandId, input) => {
    if (!('secretHash' in def.input.shape && 'last4' in def.input.shape)) return undefined;
    if (input.secretHash || input.last4) return undefined;
    const secret = `cgr_${createHmac('sha256', masterKey).update(`api-key:${commandId}`).digest('base64url')}`;
    return { secret, input: { ...input, secretHash: hashApiKey(secret), last4: secret.slice(-4) } };
  };
