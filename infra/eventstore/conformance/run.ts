import { parseArgs } from 'node:util';
import { allCases } from './all-cases.ts';
import { openConformance } from './suite.ts';

const CASE_TIMEOUT_MS = 30_000;

const timeout = (): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${CASE_TIMEOUT_MS} ms`)), CASE_TIMEOUT_MS).unref();
  });

/** npm run conformance -- --url esdb://host:2113?tls=false [--only TEXT] */
const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { url: { type: 'string' }, only: { type: 'string' } } });
  if (!values.url) throw new Error('--url esdb://… is missing');
  const server = openConformance(values.url);
  const failed: string[] = [];
  let passed = 0;
  let skipped = 0;
  for (const { group, name, run, secured } of allCases) {
    const title = `${group}: ${name}`;
    if (values.only && !title.includes(values.only)) continue;
    if (secured && !server.raw.secure) {
      skipped += 1;
      continue;
    }
    try {
      await Promise.race([run(server), timeout()]);
      passed += 1;
    } catch (error) {
      failed.push(title);
      console.log(`✗ ${title}\n    ${error instanceof Error ? error.message.split('\n').join('\n    ') : error}`);
    }
  }
  console.log(`${passed} passed, ${failed.length} failed, ${skipped} skipped`);
  await server.close();
  process.exit(failed.length > 0 ? 1 : 0);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
