import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteCases } from '../conformance/cases/delete.ts';
import { httpCases } from '../conformance/cases/raw.ts';
import { securityCases } from '../conformance/cases/security.ts';
import { type Conformance, openConformance } from '../conformance/suite.ts';
import { type EventStoreNode, startEventStore } from '../src/index.ts';

const file = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

describe('a node with TLS and users', () => {
  let node: EventStoreNode;
  let server: Conformance & { close(): Promise<void> };

  beforeAll(async () => {
    node = await startEventStore({
      memory: true,
      tls: {
        cert: readFileSync(file('localhost.cert.pem'), 'utf8'),
        key: readFileSync(file('localhost.key.pem'), 'utf8'),
      },
    });
    server = openConformance(
      `esdb://admin:changeit@127.0.0.1:${node.port}?tls=true&tlsCAFile=${file('localhost.cert.pem')}`,
    );
  });
  afterAll(async () => {
    await server.close();
    await node.stop();
  });

  for (const one of [...securityCases, ...httpCases, ...deleteCases.slice(0, 3)]) it(one.name, () => one.run(server));
});

describe('a node without TLS', () => {
  it('listens on loopback only', async () => {
    await expect(startEventStore({ memory: true, host: '0.0.0.0' })).rejects.toThrow('loopback only');
  });
});
