import { join } from 'node:path';
import { createBackoff } from '@cargoro/infra/backoff';
import { type PostgresServer, startPostgresServer } from '@cargoro/infra/embedded/postgres-server';
import { ownDatabaseIn } from './own-database.ts';

/** Starts the embedded Postgres, starts it again should it end, and returns the URL of the database in it. */
export const startDatabase = async (options: {
  readonly dataDir: string;
  readonly password: string;
  readonly say: (line: string) => void;
  /** Called with how to stop it. */
  readonly onStarted: (stop: () => Promise<void>) => void;
}): Promise<string> => {
  const stopping = new AbortController();
  const start = (port?: number) =>
    startPostgresServer({
      dataDir: join(options.dataDir, 'postgres'),
      password: options.password,
      ...(port && { port }),
    });
  let server: PostgresServer = await start();
  const { port } = server;
  const keeping = (async () => {
    const backoff = createBackoff({ first: 200, most: 5_000 });
    for (;;) {
      await server.exited;
      if (stopping.signal.aborted) return;
      options.say('Postgres ended; starting it again');
      await backoff.wait(stopping.signal);
      await start(port).then(
        (again) => {
          server = again;
          backoff.reset();
        },
        (error: Error) => options.say(error.message),
      );
    }
  })();
  options.onStarted(async () => {
    stopping.abort();
    await server.stop();
    await keeping;
  });
  return ownDatabaseIn(server);
};
