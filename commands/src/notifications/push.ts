import webPush from 'web-push';
import { type Channel, post, refusedWith } from './channel.ts';
import type { PushDevice, PushDevices } from './devices.ts';

export type PushOptions = {
  /** The VAPID keys in URL-safe base64, as `npx web-push generate-vapid-keys` makes them. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** Whom a push service turns to: `mailto:…` or `https://…`. */
  readonly subject: string;
  readonly devices: PushDevices;
};

const livesSeconds = 24 * 60 * 60;
/** What a push service answers when the browser took its subscription back. */
const gone = new Set([404, 410]);

/** Web push (RFC 8030), encrypted for each device (RFC 8291); devices that are gone are forgotten. */
export const pushChannel = ({ publicKey, privateKey, subject, devices }: PushOptions): Channel => {
  const toDevice = async (device: PushDevice, payload: string, topic: string, signal: AbortSignal) => {
    const { endpoint, headers, body } = webPush.generateRequestDetails(device, payload, {
      ...{ vapidDetails: { subject, publicKey, privateKey }, TTL: livesSeconds, topic, urgency: 'normal' },
    });
    const response = await post(endpoint, { headers: named(headers), body: new Uint8Array(body ?? []) }, signal);
    if (gone.has(response.status)) {
      await devices.remove(endpoint);
      return false;
    }
    if (!response.ok) throw refusedWith(response.status);
    return true;
  };
  return {
    name: 'push',
    rings: true,
    send: async ({ userId }, { id, title, body, url }, signal) => {
      const payload = JSON.stringify({ id, title, body, url });
      const topic = id.replaceAll('-', '').slice(0, 32);
      const tries = await Promise.allSettled(
        (await devices.of(userId)).map((device) => toDevice(device, payload, topic, signal)),
      );
      if (tries.some((outcome) => outcome.status === 'fulfilled' && outcome.value)) return true;
      const failed = tries.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      return false;
    },
    close: async () => {},
  };
};

/** `fetch` counts the bytes itself. */
const named = (headers: Readonly<Record<string, string | number>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.toLowerCase() === 'content-length' ? [] : [[name, String(value)]],
    ),
  );
