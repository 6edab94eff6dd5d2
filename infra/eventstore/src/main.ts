import { run } from './cli.ts';
import { logError } from './log-line.ts';

run(process.argv.slice(2)).catch((reason: unknown) => {
  logError('failed', reason);
  process.exit(1);
});
