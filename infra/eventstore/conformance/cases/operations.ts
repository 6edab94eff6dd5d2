import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { persistentSubscriptionToStreamSettingsFromDefaults, START } from '@eventstore/db-client';
import operationsPb from '@eventstore/db-client/generated/operations_pb.js';
import { type ServiceError, status } from '@grpc/grpc-js';
import { empty, type RawNode, unary } from '../raw.ts';
import { group } from '../suite.ts';
import { collect, event, events, failure, numbers, until } from '../tools.ts';

const { ScavengeResult } = operationsPb.ScavengeResp;

const startScavenge = (raw: RawNode): Promise<operationsPb.ScavengeResp> => {
  const options = new operationsPb.StartScavengeReq.Options().setThreadCount(1).setStartFromChunk(0);
  return unary((callback) =>
    raw.operations().startScavenge(new operationsPb.StartScavengeReq().setOptions(options), raw.metadata(), callback),
  );
};
const stopScavenge = (raw: RawNode, id: string): Promise<operationsPb.ScavengeResp> => {
  const options = new operationsPb.StopScavengeReq.Options().setScavengeId(id);
  return unary((callback) =>
    raw.operations().stopScavenge(new operationsPb.StopScavengeReq().setOptions(options), raw.metadata(), callback),
  );
};

export const operationsCases = group('operations', (it) => {
  it('a scavenge is started, or the one in progress is named', async ({ raw }) => {
    const answer = await startScavenge(raw);
    assert.notEqual(answer.getScavengeId(), '');
    assert.ok([ScavengeResult.STARTED, ScavengeResult.INPROGRESS].some((one) => one === answer.getScavengeResult()));
  });
  it('after a scavenge streams read as before', async ({ raw, client, stream }) => {
    const [capped, deleted] = [stream(), stream()];
    await client.appendToStream(capped, events(6));
    await client.setStreamMetadata(capped, { maxCount: 2 });
    await client.appendToStream(deleted, events(3));
    await client.deleteStream(deleted);
    await startScavenge(raw);
    for (let n = 6; n < 12; n += 1) {
      await client.appendToStream(capped, event(n));
      assert.deepEqual(numbers(await collect(client.readStream(capped))), [n - 1, n]);
    }
    assert.equal((await failure(collect(client.readStream(deleted)))).type, 'stream-not-found');
    assert.equal((await client.appendToStream(deleted, event())).nextExpectedRevision, 3n);
  });
  it('stopping a scavenge that is not running: not found, with its id', async ({ raw }) => {
    const id = randomUUID();
    const error = (await failure(stopScavenge(raw, id))) as unknown as ServiceError;
    assert.equal(error.code, status.NOT_FOUND);
    assert.deepEqual(error.metadata.get('exception'), ['scavenge-not-found']);
    assert.deepEqual(error.metadata.get('scavenge-id'), [id]);
  });
  it('merging indexes and setting the priority of a node are answered', async ({ raw }) => {
    await unary((callback) => raw.operations().mergeIndexes(empty(), raw.metadata(), callback));
    const priority = new operationsPb.SetNodePriorityReq().setPriority(0);
    await unary((callback) => raw.operations().setNodePriority(priority, raw.metadata(), callback));
  });
  it('persistent subscriptions can be restarted, and consumers come back', async ({ raw, client, stream }) => {
    const name = stream();
    await client.createPersistentSubscriptionToStream(
      name,
      'g',
      persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START }),
    );
    await unary((callback) => raw.operations().restartPersistentSubscriptions(empty(), raw.metadata(), callback));
    await client.appendToStream(name, event(5));
    const seen: unknown[] = [];
    await until(async () => {
      const consumer = client.subscribeToPersistentSubscriptionToStream(name, 'g');
      consumer.on('error', () => {});
      consumer.on('data', (resolved) => {
        seen.push(...numbers([resolved]));
        void consumer.ack(resolved);
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await consumer.unsubscribe();
      return seen.length > 0;
    }, 'the event');
    assert.equal(seen[0], 5);
  });
});
