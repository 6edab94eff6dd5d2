import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { environmentWith } from '@cargoro/infra/config';
import { rabbitInstalled } from '@cargoro/infra/embedded/rabbitmq-server';
import { redisInstalled } from '@cargoro/infra/embedded/redis-server';

/** The browser of browser tests, when there is one. */
export const chromium = (): string | undefined =>
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Servers and programs that tests use for real, by the Debian package that brings each. */
const tools = [
  { name: 'RabbitMQ', debian: 'rabbitmq-server', there: rabbitInstalled },
  { name: 'Redis', debian: 'redis-server', there: redisInstalled },
  { name: 'Chromium', debian: 'chromium', there: () => chromium() !== undefined },
  {
    name: 'Korean fonts',
    debian: 'fonts-noto-cjk',
    there: () => existsSync('/usr/share/fonts/opentype/noto') || process.platform !== 'linux',
  },
] as const;

/** Installs what is missing where we may (root on Debian); elsewhere names it once, with what it costs. */
export const provideTools = (say: (line: string) => void): void => {
  const missing = () => tools.filter((tool) => !tool.there());
  if (missing().length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = missing().map((tool) => tool.debian);
    say(`installing ${packages.join(', ')}`);
    const env = environmentWith({ DEBIAN_FRONTEND: 'noninteractive' });
    const apt = (...args: string[]) =>
      spawnSync('apt-get', ['-q', '-y', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    apt('update');
    apt('install', '--no-install-recommends', ...packages);
  }
  for (const tool of missing())
    say(
      `SKIPPED: ${tool.name} is not installed (Debian: apt-get install ${tool.debian}); tests that need it are skipped`,
    );
};
