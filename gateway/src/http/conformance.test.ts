import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryGateway } from '../testing/world.ts';

type Running = Awaited<ReturnType<Awaited<ReturnType<typeof memoryGateway>>['listen']>>;
let gateway: Running;
beforeAll(async () => {
  gateway = await (await memoryGateway()).listen();
});
afterAll(() => gateway.stop());

describe('GraphQL over HTTP', () => {
  it('passes every audit of the specification, the recommended and the optional ones too', async () => {
    const results = await auditServer({ url: `${gateway.url}/graphql` });
    const failed = results
      .filter(({ status }) => status !== 'ok')
      .map(({ id, name, status }) => ({ id, name, status }));
    expect(failed).toEqual([]);
    expect(results).toHaveLength(61);
  });
});
