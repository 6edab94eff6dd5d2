import type { NoticeChannel } from '@cargoro/domain';
import type { Config } from '@cargoro/infra/config';
import type { Channel } from './channel.ts';
import type { PushDevices } from './devices.ts';
import { emailChannel } from './email.ts';
import { pushChannel } from './push.ts';
import { smsChannel } from './sms.ts';

/** The channels that have a provider, and a stand-in for each other one where there is one. */
export const channelsOf = (
  { smtp, sms, webPush }: Config['notices'],
  devices: PushDevices,
  standIn?: (name: NoticeChannel) => Channel,
): readonly Channel[] =>
  [
    webPush ? pushChannel({ ...webPush, devices }) : standIn?.('push'),
    smtp ? emailChannel(smtp) : standIn?.('email'),
    sms ? smsChannel(sms) : standIn?.('sms'),
  ].filter((channel) => channel !== undefined);
