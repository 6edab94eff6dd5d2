import { escapeHtml } from '@cargoro/infra/escape-html';
import { untilAborted } from '@cargoro/infra/until-aborted';
import { createTransport } from 'nodemailer';
import { type Channel, sendTimeoutMs, Undelivered } from './channel.ts';

export type EmailOptions = {
  /** `smtp://user:password@host:587` (STARTTLS where the server offers it) or `smtps://…`. */
  readonly smtpUrl: string;
  /** `CarGoro <no-reply@example.com>`. */
  readonly from: string;
};

/** Mail over SMTP, as text and as a plain page; the message id names the notice, so that a repeat is seen as one. */
export const emailChannel = ({ smtpUrl, from }: EmailOptions): Channel => {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    ...{ host: hostname, port: Number(port) || (secure ? 465 : 587), secure, pool: true, maxConnections: 2 },
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...{ connectionTimeout: sendTimeoutMs, greetingTimeout: sendTimeoutMs, socketTimeout: sendTimeoutMs },
  });
  return {
    name: 'email',
    rings: false,
    send: async ({ email }, { id, title, body, url, locale }, signal) => {
      if (!email) return false;
      const link = url ? `<p><a href="${escapeHtml(url)}">CarGoro</a></p>` : '';
      const mail = {
        ...{ from, to: { name: '', address: email }, subject: title, messageId: `<${id}@cargoro>` },
        text: [body, url].filter(Boolean).join('\n\n'),
        html: `<html lang="${locale}"><body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(body)}</p>${link}</body></html>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      };
      const sent = transport.sendMail(mail).catch((error: unknown) => {
        throw undelivered(error);
      });
      // At the end of the process nobody waits for a slow server.
      await untilAborted(sent, signal);
      return true;
    },
    close: async () => transport.close(),
  };
};

/** 5xx to the address or the message is final; a login that fails is ours to mend, and everything else passes. */
const undelivered = (error: unknown): Undelivered => {
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  const final = (code === 'EENVELOPE' || code === 'EMESSAGE') && (responseCode ?? 0) >= 500;
  return new Undelivered(['SMTP', responseCode, code].filter(Boolean).join(' '), final);
};
