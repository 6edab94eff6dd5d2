import assert from 'node:assert/strict';
import { group } from '../suite.ts';
import { collect, event, failure, numbers, until } from '../tools.ts';

export const projectionCases = group('system projections', (it) => {
  it('$by_category: events of a category are linked in order', async ({ client, stream }) => {
    const category = `cat${stream().slice(-12)}`;
    await client.enableProjection('$by_category');
    await client.appendToStream(`${category}-1`, event(1));
    await client.appendToStream(`${category}-2`, event(2));
    await client.appendToStream(`${category}-1`, event(3));
    const read = () => collect(client.readStream(`$ce-${category}`, { resolveLinkTos: true })).catch(() => []);
    await until(async () => (await read()).length === 3, 'three links');
    assert.deepEqual(numbers(await read()), [1, 2, 3]);
  });
  it('$by_event_type: events of a type are linked', async ({ client, stream }) => {
    const type = `Type${stream().slice(-12)}`;
    await client.enableProjection('$by_event_type');
    await client.appendToStream(stream(), [event(1, type), event(2), event(3, type)]);
    const read = () => collect(client.readStream(`$et-${type}`, { resolveLinkTos: true })).catch(() => []);
    await until(async () => (await read()).length === 2, 'two links');
    assert.deepEqual(numbers(await read()), [1, 3]);
  });
  it('$streams: every new stream is linked once', async ({ client, stream }) => {
    const name = stream();
    await client.enableProjection('$streams');
    await client.appendToStream(name, [event(1), event(2)]);
    const links = async () =>
      (
        await collect(
          client.readStream('$streams', {
            direction: 'backwards',
            fromRevision: 'end',
            maxCount: 50,
            resolveLinkTos: true,
          }),
        ).catch(() => [])
      ).filter(({ event: e }) => e?.streamId === name);
    await until(async () => (await links()).length === 1, 'the link');
  });
  it('links tell what caused them', async ({ client, stream }) => {
    const category = `cat${stream().slice(-12)}`;
    await client.enableProjection('$by_category');
    const cause = event(1);
    await client.appendToStream(`${category}-1`, cause);
    const read = () => collect(client.readStream(`$ce-${category}`)).catch(() => []);
    await until(async () => (await read()).length === 1, 'the link');
    assert.equal(((await read())[0]?.event?.metadata as { $causedBy?: string } | undefined)?.$causedBy, cause.id);
  });
  it('can be followed by a subscription that resolves links', async ({ client, stream }) => {
    const category = `cat${stream().slice(-12)}`;
    await client.enableProjection('$by_category');
    const seen: unknown[] = [];
    const subscription = client.subscribeToStream(`$ce-${category}`, { resolveLinkTos: true });
    subscription.on('error', () => {});
    subscription.on('data', ({ event: e }) => seen.push((e?.data as { n?: number } | undefined)?.n));
    for (let n = 0; n < 5; n += 1) await client.appendToStream(`${category}-${n}`, event(n));
    await until(() => seen.length === 5, 'five links');
    assert.deepEqual(seen, [0, 1, 2, 3, 4]);
    await subscription.unsubscribe();
  });
  it('status: running when enabled, stopped when disabled', async ({ client }) => {
    await client.enableProjection('$stream_by_category');
    assert.equal((await client.getProjectionStatus('$stream_by_category')).projectionStatus, 'Running');
    await client.disableProjection('$stream_by_category');
    assert.equal((await client.getProjectionStatus('$stream_by_category')).projectionStatus, 'Stopped');
  });
  it('all four are listed', async ({ client }) => {
    const names = (await client.listProjections()).map(({ name }) => name);
    for (const name of ['$by_category', '$by_event_type', '$streams', '$stream_by_category'])
      assert.ok(names.includes(name), name);
  });
  it('one that does not exist: an error', async ({ client, stream }) => {
    await failure(client.getProjectionStatus(stream('nothing')));
    await failure(client.enableProjection(stream('nothing')));
  });
});
