import type { DevMessage } from '@cargoro/commands';
import { escapeHtml } from '@cargoro/infra/escape-html';

/** The page may look like something and do nothing. */
export const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const channels = { email: '메일', sms: '문자', push: '푸시' } as const;
const time = new Intl.DateTimeFormat('ko-KR', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Seoul' });

const item = ({ channel, userId, locale, title, body, url, at }: DevMessage, nameOf: (userId: string) => string) => `
  <article lang="${locale}">
    <p><b>${channels[channel]}</b> ${escapeHtml(nameOf(userId))} <time datetime="${at}">${time.format(new Date(at))}</time></p>
    <h2>${escapeHtml(title)}</h2>
    <p>${escapeHtml(body)}</p>${url ? `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>` : ''}
  </article>`;

/** What mail, text messages and pushes would have said, the newest first; looks again every five seconds. */
export const inboxPage = (
  messages: readonly DevMessage[],
  nameOf: (userId: string) => string,
): string => `<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width"><title>보낸 알림 · CarGoro</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem; }
  article { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 1rem 0; }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: .25rem 0; } p { margin: .25rem 0; }
  time { opacity: .7; float: right; }
</style></head><body>
<h1>보낸 알림 <span lang="en">· Sent notices</span></h1>
<p>개발 환경: 메일·문자·푸시 대신 여기에 표시됩니다. <span lang="en">In place of mail, SMS and push.</span></p>
${messages.length === 0 ? '<p>아직 없습니다. <span lang="en">None yet.</span></p>' : messages.map((message) => item(message, nameOf)).join('')}
</body></html>`;
