import { channelsOf, devChannel, type Notifications, pushDevices, startNotifications } from '@cargoro/commands';
import type { NoticeChannel } from '@cargoro/domain';
import { peopleOf } from '@cargoro/read-api';
import type { Parts } from './parts.ts';

/**
 * What brings notices to people by the providers there are, in development to the page of what would have gone out; of
 * copies of the role, one does it at a time.
 */
export const startNotices = (parts: Parts): Notifications => {
  const { config, log, vault, postgres, logger, metrics } = parts;
  const standIn = config.production ? undefined : (name: NoticeChannel) => devChannel(name, postgres);
  const channels = channelsOf(config.notices, pushDevices(postgres, vault), standIn);
  if (channels.length === 0) logger.info('No provider of notices is set: they stand in people’s inboxes alone');
  const people = peopleOf(postgres.pool);
  const { webOrigin } = config;
  return startNotifications({ log, vault, postgres, logger, metrics, channels, people, webOrigin });
};
