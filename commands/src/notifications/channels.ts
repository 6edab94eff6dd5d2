import type { Config } from '@cargoro/infra/config';
import type { Channel } from './channel.ts';
import type { PushDevices } from './devices.ts';
import { emailChannel } from './email.ts';
import { pushChannel } from './push.ts';
import { smsChannel } from './sms.ts';

/** The channels that have a provider. */
export const channelsOf = ({ smtp, sms, webPush }: Config['notices'], devices: PushDevices): readonly Channel[] => [
  ...(webPush ? [pushChannel({ ...webPush, devices })] : []),
  ...(smtp ? [emailChannel(smtp)] : []),
  ...(sms ? [smsChannel(sms)] : []),
];
