import { environmentWith, loadConfig } from '@cargoro/infra/config';
import { Unavailable } from '@cargoro/infra/ports';
import { reportHealth } from './health-report.ts';
import { loadRole, type Role, rolePorts, type Serving } from './index.ts';
import { createParts } from './parts.ts';

export type ServeOptions = {
  /** Over what the process was started with. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: Readonly<Partial<Record<Role, number>>>;
  readonly host?: string;
  readonly contexts?: readonly string[] | undefined;
};

/** Serves these roles in this process until it is told to stop, then stops them in order and lets go of what they shared. */
export const serveRoles = async (
  names: readonly Role[],
  options: ServeOptions = {},
): Promise<{ ports: Partial<Record<Role, number>> }> => {
  const config = loadConfig(environmentWith(options.environment ?? {}));
  const parts = createParts(config, names.join('+'));
  const { logger } = parts;
  const host = options.host ?? config.host;

  const serving: (Serving & { readonly name: Role })[] = [];
  let reports: { stop(): Promise<void> } | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      await reports?.stop();
      for (const role of serving.reverse()) await role.stop();
      await parts.close();
    })());
  const end = (reason: string) => {
    if (stopping) return;
    logger.info({ reason }, 'stopping');
    const forced = setTimeout(() => process.exit(1), 9_000);
    stop().then(
      () => {
        clearTimeout(forced);
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => end('SIGTERM'));
  process.once('SIGINT', () => end('SIGINT'));
  endOnDefects(logger);

  const ports: Partial<Record<Role, number>> = {};
  try {
    for (const name of names) {
      const start = await loadRole(name);
      const port = options.ports?.[name] ?? rolePorts[name];
      const role = await start(parts, { port, host, ...(options.contexts && { contexts: options.contexts }) });
      serving.push({ name, ...role });
      ports[name] = role.port;
      logger.info({ role: name, port: role.port, host }, 'serving');
    }
    reports = reportHealth(parts, serving);
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  return { ports };
};

/** A promise nobody waited for: while a part is away the store's client leaves some behind; anything else is a defect. */
const endOnDefects = (logger: ReturnType<typeof createParts>['logger']): void => {
  const passing = (error: unknown): boolean =>
    error instanceof Unavailable ||
    (error instanceof Error && 'code' in error && [1, 4, 14].includes(Number(error.code)) && 'metadata' in error) ||
    (error instanceof Error &&
      'type' in error &&
      ['unavailable', 'cancelled', 'deadline-exceeded', 'timeout'].includes(String(error.type)));
  process.on('unhandledRejection', (error) => {
    if (passing(error)) {
      logger.warn({ err: error }, 'a call to a part that is away was left behind');
      return;
    }
    logger.fatal({ err: error }, 'a defect: this process ends and is started again');
    process.exit(1);
  });
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'a defect: this process ends and is started again');
    process.exit(1);
  });
};
