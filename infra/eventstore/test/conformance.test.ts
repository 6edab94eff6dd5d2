import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { allCases } from '../conformance/all-cases.ts';
import { type Conformance, openConformance } from '../conformance/suite.ts';
import { type SpawnedEventStore, spawnEventStore } from '../src/index.ts';

/** Every case of the suite against this node, durable, in a process of its own, as the application uses it. */
describe('conformance of the embedded node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eventstore-conformance-'));
  let node: SpawnedEventStore;
  let server: Conformance & { close(): Promise<void> };

  beforeAll(async () => {
    node = await spawnEventStore({ dataDir: folder });
    server = openConformance(node.url);
  });
  afterAll(async () => {
    await server.close();
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = allCases.filter(({ secured }) => !secured);
  for (const group of new Set(open.map((one) => one.group))) {
    describe(group, () => {
      for (const one of open.filter((candidate) => candidate.group === group)) {
        it(one.name, () => one.run(server));
      }
    });
  }
});
