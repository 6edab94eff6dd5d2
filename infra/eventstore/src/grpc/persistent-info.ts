import persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import { checkpointText } from '../persistent/checkpoint.ts';
import type { Consumer } from '../persistent/consumer.ts';
import type { Group } from '../persistent/group.ts';
import type { GroupConfig } from '../persistent/settings.ts';

const startText = ({ source, startFrom }: GroupConfig): string => {
  if (startFrom === 'end') return source === '$all' ? 'C:-1/P:-1' : '-1';
  return checkpointText(source, startFrom === 'start' ? 0 : startFrom);
};

const connectionInfo = (consumer: Consumer, extraStatistics: boolean): persistentPb.SubscriptionInfo.ConnectionInfo => {
  const { from, username, connectionName } = consumer.options;
  const measurements = extraStatistics ? consumer.measurements.summary() : [];
  return new persistentPb.SubscriptionInfo.ConnectionInfo()
    .setFrom(from)
    .setUsername(username)
    .setConnectionName(connectionName)
    .setTotalItems(String(consumer.totalItems))
    .setCountSinceLastMeasurement('0')
    .setAvailableSlots(consumer.freeSlots)
    .setInFlightMessages(consumer.inFlight.size)
    .setObservedMeasurementsList(
      measurements.map(([key, value]) =>
        new persistentPb.SubscriptionInfo.Measurement().setKey(key).setValue(String(value)),
      ),
    );
};

export const subscriptionInfo = (group: Group): persistentPb.SubscriptionInfo => {
  const { config, source } = group;
  const { settings } = config;
  const lastKnown = source.lastKnown();
  const text = (cursor: number | undefined): string =>
    cursor === undefined ? '' : checkpointText(config.source, cursor);
  const behind =
    lastKnown !== undefined &&
    group.consumers.length > 0 &&
    (group.progress.finished ?? -1) + group.inFlight < lastKnown &&
    group.buffer.length > 0;
  return new persistentPb.SubscriptionInfo()
    .setEventSource(config.source)
    .setGroupName(config.group)
    .setStatus(behind ? 'Behind' : 'Live')
    .setConnectionsList(group.consumers.map((consumer) => connectionInfo(consumer, settings.extraStatistics)))
    .setTotalItems(String(group.totalItems))
    .setCountSinceLastMeasurement('0')
    .setLastCheckpointedEventPosition(text(group.checkpoint))
    .setLastKnownEventPosition(text(lastKnown))
    .setResolveLinkTos(settings.resolveLinks)
    .setStartFrom(startText(config))
    .setMessageTimeoutMilliseconds(settings.messageTimeoutMs)
    .setExtraStatistics(settings.extraStatistics)
    .setMaxRetryCount(settings.maxRetryCount)
    .setLiveBufferSize(settings.liveBufferSize)
    .setBufferSize(settings.historyBufferSize)
    .setReadBatchSize(settings.readBatchSize)
    .setCheckPointAfterMilliseconds(settings.checkpointAfterMs)
    .setMinCheckPointCount(settings.checkpointLowerBound)
    .setMaxCheckPointCount(settings.checkpointUpperBound)
    .setReadBufferCount(group.buffer.length)
    .setLiveBufferCount('0')
    .setRetryBufferCount(group.retries.length)
    .setTotalInFlightMessages(group.inFlight)
    .setOutstandingMessagesCount(group.inFlight)
    .setNamedConsumerStrategy(settings.strategy)
    .setMaxSubscriberCount(settings.maxSubscribers)
    .setParkedMessageCount(String(group.parked));
};
