import { type Channel, post, refusedWith } from './channel.ts';

export type SmsOptions = {
  /** Takes `{ key, from, to, text }` as JSON and answers 2xx once it took the message over. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
  /** Number registered with the provider as the sender's (발신번호). */
  readonly from: string;
};

/** Text messages through a provider's HTTP end point; the idempotency key is the same for every try. */
export const smsChannel = ({ url, token, from }: SmsOptions): Channel => ({
  name: 'sms',
  rings: true,
  send: async ({ phone }, { id, title, body }, signal) => {
    if (!phone) return false;
    const headers = {
      ...{ 'content-type': 'application/json', 'idempotency-key': id },
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const text = `[CarGoro] ${title}\n${body}`;
    const payload = { key: id, from, to: phone.replace(/[^0-9+]/g, ''), text };
    const response = await post(url, { headers, body: JSON.stringify(payload) }, signal);
    if (!response.ok) throw refusedWith(response.status);
    return true;
  },
  close: async () => {},
});
