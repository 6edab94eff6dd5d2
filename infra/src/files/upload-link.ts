import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { purposeNames } from './purposes.ts';

const Claims = z.object({
  /** Whose file it becomes. */
  userId: z.string(),
  orgId: z.string().optional(),
  purpose: z.enum(purposeNames),
  /** What is going to come, if the device told. */
  objectId: z.string().optional(),
  /** Milliseconds since 1970. */
  expiresAt: z.int(),
});
export type UploadClaims = z.infer<typeof Claims>;

/**
 * The right to upload one file, as the end of a link: claims and their signature, good without a session until it
 * expires. The key follows from a secret of the deployment, so every copy of the gateway takes it.
 */
export const createUploadLinks = (secret: string) => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'cargoro upload links', 32));
  const signatureOf = (claims: string) => createHmac('sha256', key).update(claims).digest();
  return {
    sign: (claims: UploadClaims): string => {
      const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return `${text}.${signatureOf(text).toString('base64url')}`;
    },
    /** Undefined for one that we did not sign, that was changed, or whose time is over. */
    verify: (token: string, now: number): UploadClaims | undefined => {
      const [text = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const wanted = signatureOf(text);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
      const claims = Claims.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
      return claims.expiresAt > now ? claims : undefined;
    },
  };
};
export type UploadLinks = ReturnType<typeof createUploadLinks>;
