import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { logError, logLine } from './log-line.ts';
import { backup, restore } from './operations/backup.ts';
import { verifyLog } from './operations/verify.ts';
import type { EventStoreOptions } from './options.ts';
import { startEventStore } from './start.ts';

export const USAGE = `cargoro eventstore: a durable single-node event store that speaks EventStoreDB's protocol

  --data DIR            folder of the log (created if missing)
  --memory              keep the log in memory instead
  --port N              default 2113; 0 takes any free port
  --host ADDRESS        default 127.0.0.1; anything but loopback needs TLS
  --advertise HOST      name that clients are told, default --host
  --tls-cert FILE --tls-key FILE   TLS, and with it users, groups and ACLs
  --system-projections  run $by_category, $by_event_type, $streams, $stream_by_category
  --scavenge-hours N    default 24; 0: never by itself
  --followers N --projection-delay MS --commit-delay MS   what a cluster does, for tests

  backup --data DIR --to FOLDER     copy, also while the node runs
  restore --from FOLDER --data DIR
  verify --data DIR                 read everything, name what is damaged

The initial passwords of admin and ops come from EVENTSTORE_ADMIN_PASSWORD and EVENTSTORE_OPS_PASSWORD.`;

const switches = {
  data: { type: 'string' },
  memory: { type: 'boolean' },
  port: { type: 'string', default: '2113' },
  host: { type: 'string' },
  advertise: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'system-projections': { type: 'boolean' },
  'scavenge-hours': { type: 'string' },
  followers: { type: 'string' },
  'projection-delay': { type: 'string' },
  'commit-delay': { type: 'string' },
  to: { type: 'string' },
  from: { type: 'string' },
  'in-process': { type: 'boolean' },
  'stop-with-parent': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: switches, allowPositionals: true });
type Values = ReturnType<typeof parse>['values'];

const optionsOf = (values: Values): EventStoreOptions => ({
  ...(values.data !== undefined && { dataDir: values.data }),
  ...(values.memory && { memory: true }),
  ...(values.host !== undefined && { host: values.host }),
  ...(values.advertise !== undefined && { advertiseHost: values.advertise }),
  ...(values['tls-cert'] !== undefined && {
    tls: { cert: readFileSync(values['tls-cert'], 'utf8'), key: readFileSync(values['tls-key'] ?? '', 'utf8') },
  }),
  ...(values['system-projections'] && { systemProjections: true }),
  ...(values['scavenge-hours'] !== undefined && { scavengeEveryHours: Number(values['scavenge-hours']) }),
  ...(process.env.EVENTSTORE_ADMIN_PASSWORD !== undefined && { adminPassword: process.env.EVENTSTORE_ADMIN_PASSWORD }),
  ...(process.env.EVENTSTORE_OPS_PASSWORD !== undefined && { opsPassword: process.env.EVENTSTORE_OPS_PASSWORD }),
  cluster: {
    followers: Number(values.followers ?? 0),
    projectionDelayMs: Number(values['projection-delay'] ?? 0),
    commitDelayMs: Number(values['commit-delay'] ?? 0),
  },
  port: Number(values.port),
});

const serve = async (values: Values): Promise<void> => {
  const node = await startEventStore(optionsOf(values));
  const stop = (signal: NodeJS.Signals): void => {
    logLine('stopping', { signal });
    void node.stop();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (values['stop-with-parent']) process.stdin.on('end', () => stop('SIGHUP')).resume();
  const security =
    values['tls-cert'] === undefined ? 'insecure: no TLS, no users, loopback only' : 'TLS, users and ACLs';
  logLine('listening', {
    url: node.url,
    port: node.port,
    followerPorts: node.followerPorts,
    pid: process.pid,
    data: values.data ?? 'memory',
    security,
  });
  await node.stopped;
  logLine('stopped');
  process.exit();
};

const needed = (values: Values, name: 'data' | 'to' | 'from'): string => {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing.`);
  return value;
};

/** In a process of its own: a badly damaged file can end the process that reads it, and that too has to be said. */
const verify = async (values: Values): Promise<void> => {
  const folder = needed(values, 'data');
  if (!values['in-process']) {
    const child = spawnSync(
      process.execPath,
      [...process.execArgv, process.argv[1] ?? '', 'verify', '--data', folder, '--in-process'],
      { stdio: 'inherit' },
    );
    if (child.signal !== null)
      logError(
        'damaged',
        `${folder}: reading the data file ended the reader with ${child.signal}. Restore it from a backup.`,
      );
    process.exitCode = child.status ?? 1;
    return;
  }
  const { events, streams, damage } = await verifyLog(folder);
  for (const place of damage) logError('damaged', place);
  logLine('verified', { events, streams, damaged: damage.length });
  process.exitCode = damage.length > 0 ? 1 : 0;
};

export const run = async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parse(args);
  const [command = 'serve'] = positionals;
  if (values.help) process.stdout.write(`${USAGE}\n`);
  else if (command === 'verify') await verify(values);
  else if (command === 'backup')
    logLine('backed-up', { ...(await backup(needed(values, 'data'), needed(values, 'to'))) });
  else if (command === 'restore')
    logLine('restored', { ...(await restore(needed(values, 'from'), needed(values, 'data'))) });
  else if (command === 'serve') await serve(values);
  else throw new Error(`Unknown command '${command}'.\n\n${USAGE}`);
};
