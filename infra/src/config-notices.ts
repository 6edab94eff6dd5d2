import { z } from 'zod';

const web = z.url({ protocol: /^https?$/, error: 'must start with http:// or https://' }).optional();
/** URL-safe base64 of so many bytes. */
const key = (bytes: number, what: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+=*$/, `must be ${what} in URL-safe base64`)
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, {
      error: `must be ${what} in URL-safe base64`,
    })
    .optional();

/** Variables of the providers that carry notices to people, besides SMTP_URL. */
export const noticeVariables = {
  /** Sender of mails, `CarGoro <no-reply@example.com>`. */
  SMTP_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, 'must be an address, as CarGoro <no-reply@example.com>')
    .optional(),
  SMS_URL: web,
  SMS_TOKEN: z.string().optional(),
  SMS_FROM: z
    .string()
    .regex(/^\+?[0-9-]{4,20}$/, 'must be the number registered as the sender’s')
    .optional(),
  WEB_PUSH_PUBLIC_KEY: key(65, 'a VAPID public key'),
  WEB_PUSH_PRIVATE_KEY: key(32, 'a VAPID private key'),
  WEB_PUSH_SUBJECT: z
    .string()
    .regex(/^(mailto:.+@.+|https:\/\/.+)$/, 'must start with mailto: or https://')
    .optional(),
};
type Variables = z.infer<z.ZodObject<typeof noticeVariables>>;

/** Providers of notices; what is not set is not used, and notices stand in people's inboxes alone. */
export type NoticeProviders = {
  readonly smtp: { readonly smtpUrl: string; readonly from: string } | undefined;
  readonly sms: { readonly url: string; readonly token: string | undefined; readonly from: string } | undefined;
  readonly webPush: { readonly publicKey: string; readonly privateKey: string; readonly subject: string } | undefined;
};

/** What belongs together and is set in part only. */
export const noticeProblems = (set: Variables): readonly string[] => {
  const push = ['WEB_PUSH_PUBLIC_KEY', 'WEB_PUSH_PRIVATE_KEY', 'WEB_PUSH_SUBJECT'] as const;
  const missing = push.filter((name) => set[name] === undefined);
  return [
    ...(set.SMS_URL && !set.SMS_FROM ? ['SMS_FROM: is needed with SMS_URL'] : []),
    ...(missing.length < push.length ? missing.map((name) => `${name}: is needed with the other WEB_PUSH_ ones`) : []),
  ];
};

export const noticeProviders = (set: Variables, smtpUrl: string | undefined): NoticeProviders => {
  const { WEB_PUSH_PUBLIC_KEY: publicKey, WEB_PUSH_PRIVATE_KEY: privateKey, WEB_PUSH_SUBJECT: subject } = set;
  const { SMS_URL: url, SMS_TOKEN: token, SMS_FROM: from } = set;
  return {
    smtp: smtpUrl ? { smtpUrl, from: set.SMTP_FROM ?? `CarGoro <no-reply@${new URL(smtpUrl).hostname}>` } : undefined,
    sms: url && from ? { url, token, from } : undefined,
    webPush: publicKey && privateKey && subject ? { publicKey, privateKey, subject } : undefined,
  };
};
