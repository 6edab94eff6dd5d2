import type { Readiness } from '@cargoro/infra/health';
import type { Role } from '../roles/index.ts';

type DevUsers = {
  readonly users: readonly {
    readonly user: string;
    readonly name: { readonly ko: string };
    readonly role?: string;
    readonly orgName?: { readonly ko: string };
  }[];
};

const json = async <T>(url: string): Promise<T | undefined> => {
  const response = await fetch(url).catch(() => undefined);
  return response ? ((await response.json().catch(() => undefined)) as T | undefined) : undefined;
};

/** Says where everything is, who one can be, and what stands in for a missing part. */
export const tellReady = async (options: {
  readonly ports: Readonly<Partial<Record<Role | 'web', number>>>;
  readonly say: (line: string) => void;
  readonly seconds: number;
}): Promise<void> => {
  const { ports, say } = options;
  const readiness = await json<Readiness>(`http://127.0.0.1:${ports.gateway}/health/ready`);
  for (const part of readiness?.parts.filter(({ fallback }) => fallback) ?? [])
    say(
      `WARNING: ${part.part} is not reachable (${part.detail ?? 'no address'}); ${part.fallback} stands in for it until it is`,
    );
  const dev = await json<DevUsers>(`http://127.0.0.1:${ports.gateway}/dev/users`);
  const people = (dev?.users ?? []).map(
    ({ user, name, role, orgName }) =>
      `    ${user.padEnd(18)} ${[name.ko, role, orgName?.ko].filter(Boolean).join(', ')}`,
  );
  const places: readonly (readonly [string, string])[] = [
    ...(ports.web ? ([['Web', `${ports.web}`]] as const) : []),
    ['GraphQL', `${ports.gateway}/graphql`],
    ...(dev ? ([['Mail, SMS', `${ports.gateway}/dev/inbox`]] as const) : []),
    ['Commands', `${ports.commands}/openapi.json`],
    ['Read API', `${ports['read-api']}/openapi.json`],
  ];
  console.log(`
  CarGoro serves after ${options.seconds.toFixed(1)} s.

${places.map(([name, url]) => `    ${name.padEnd(10)} http://localhost:${url}`).join('\n')}
${people.length > 0 ? `\n  Sign in as one of the demo users:\n\n${people.join('\n')}\n` : ''}
  Ctrl-C stops everything. Data and logs are in .cargoro.
`);
};
