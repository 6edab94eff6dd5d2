import { parseArgs } from 'node:util';
import type { Command } from '../../main.ts';
import { type Role, roles } from '../roles/index.ts';
import { serveRoles } from '../roles/serve-roles.ts';
import { Told } from '../told.ts';

/** `serve --roles gateway,commands [--contexts repair] [--port gateway=4000] [--host 0.0.0.0]`: roles in one process. */
export const run: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      roles: { type: 'string' },
      contexts: { type: 'string' },
      port: { type: 'string', multiple: true, default: [] },
      host: { type: 'string' },
    },
  });
  const names = (values.roles ?? '').split(',').filter(Boolean);
  const unknown = names.filter((name) => !roles.includes(name as Role));
  if (names.length === 0 || unknown.length > 0)
    throw new Told(
      `${unknown.length > 0 ? `There is no role ${unknown.join(', ')}. ` : ''}Name roles: --roles ${roles.join(',')}`,
    );
  const ports = Object.fromEntries(
    values.port.map((entry) => {
      const [role = '', port = ''] = entry.split('=');
      if (!roles.includes(role as Role) || !/^\d+$/.test(port))
        throw new Told(`--port takes ROLE=NUMBER, not ${entry}`);
      return [role, Number(port)];
    }),
  );
  await serveRoles(names as Role[], {
    ports,
    ...(values.host && { host: values.host }),
    contexts: values.contexts?.split(',').filter(Boolean),
  });
};
