import { parseArgs } from 'node:util';
import { logError, logLine } from './log-line.ts';
import { startEventStore } from './start.ts';

const usage = `cargoro eventstore: a durable single-node event store that speaks EventStoreDB's protocol

  --data DIR      folder of the log (created if missing)
  --memory        keep the log in memory instead
  --port N        default 2113; 0 takes any free port
  --host ADDRESS  default 127.0.0.1`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      memory: { type: 'boolean' },
      port: { type: 'string', default: '2113' },
      host: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || (values.data === undefined && !values.memory)) {
    process.stdout.write(`${usage}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const node = await startEventStore({
    ...(values.data !== undefined && { dataDir: values.data }),
    ...(values.memory && { memory: true }),
    ...(values.host !== undefined && { host: values.host }),
    port: Number(values.port),
  });
  const stop = (signal: NodeJS.Signals): void => {
    logLine('stopping', { signal });
    node.stop().then(
      () => logLine('stopped'),
      (reason) => {
        logError('stop-failed', reason);
        process.exitCode = 1;
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  logLine('listening', { url: node.url, port: node.port, pid: process.pid, data: values.data ?? 'memory' });
};

main().catch((reason: unknown) => {
  logError('start-failed', reason);
  process.exit(1);
});
