import { freePort } from '@cargoro/infra/embedded/free-port';
import { createLogger } from '@cargoro/infra/logger';
import { loadRole, type Role } from './roles/index.ts';
import { serveRoles } from './roles/serve-roles.ts';
import type { Orders, Report } from './start/supervisor.ts';

/**
 * A role as a child of `cargoro start`: loads its code at once, serves when told, and ends when its parent stops it or is
 * gone, however it went.
 */
const role = process.argv[2] as Role;
const tell = (report: Report): void => void process.send?.(report, () => undefined);

const orders = new Promise<Orders>((resolve) => process.once('message', resolve));
process.once('disconnect', () => {
  process.emit('SIGTERM');
  // Whatever still holds us: nobody is left to notice.
  setTimeout(() => process.exit(1), 5_000).unref();
});
try {
  await loadRole(role);
  tell({ kind: 'loaded' });
  const { environment, port: wanted, mayMove, host } = await orders;
  // Minutes may have passed since the port was free; once people know it, it stays.
  const port = mayMove ? await freePort(wanted) : wanted;
  const { ports } = await serveRoles([role], { environment, ports: { [role]: port }, host });
  tell({ kind: 'ready', port: ports[role] ?? port });
} catch (error) {
  createLogger({ role }).fatal({ err: error }, 'could not start');
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  setTimeout(() => process.exit(1), 100);
}
