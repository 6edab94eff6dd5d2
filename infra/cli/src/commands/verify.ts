import { parseArgs } from 'node:util';
import { goneDocuments } from '@cargoro/commands';
import { type Verified, verify } from '@cargoro/projections';
import { type FilesVerified, verifyFiles } from '@cargoro/read-api';
import type { Command } from '../../main.ts';
import { createParts } from '../roles/parts.ts';
import { withServers } from '../running.ts';

/**
 * `verify [NAME …] [--json]`: every row equals its replay, and every stream's chain of hashes holds. `verify --files`: every
 * photo, signature and document that an event names is there and has its hash. Exits with 1 when not.
 */
export const run: Command = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, files: { type: 'boolean' } },
  });
  const servers = await withServers();
  const parts = createParts({ ...servers.config, logLevel: 'warn' }, 'verify');
  try {
    if (values.files) {
      const { log, files, postgres } = parts;
      const verified = await verifyFiles({ log, files, gone: await goneDocuments(postgres) });
      console.log(values.json ? JSON.stringify(verified) : filesSummary(verified));
      process.exitCode = verified.problems.length === 0 ? 0 : 1;
      return;
    }
    const deps = { pool: parts.postgres.pool, log: parts.log, vault: parts.vault };
    const results = await verify(deps, {
      ...(positionals.length > 0 && { names: positionals }),
      // A large log takes minutes: what is known is told at once.
      ...(!values.json && { onVerified: (result: Verified) => console.log(summary(result)) }),
    });
    if (values.json)
      console.log(JSON.stringify(results, (_, value) => (typeof value === 'bigint' ? String(value) : value), 2));
    const differing = results.reduce((sum, { differing }) => sum + differing, 0);
    console.log(differing === 0 ? 'Read models equal their replay.' : `${differing} rows differ from their replay.`);
    process.exitCode = differing === 0 ? 0 : 1;
  } finally {
    await parts.close();
    await servers.stop();
  }
};

const filesSummary = ({ intact, bytes, gone, problems }: FilesVerified): string =>
  [
    ...problems.map(({ what, sha256, stream, position }) => `${what}: ${sha256}, named in ${stream} at ${position}`),
    `${intact} files (${(bytes / 1e6).toFixed(1)} MB) are what the log says, ${gone} went with a person's erasure, ${problems.length} are not.`,
  ].join('\n');

const summary = ({ readModel, rows, position, differing, differences }: Verified): string =>
  [
    `${differing === 0 ? 'ok  ' : 'DIFF'} ${readModel.padEnd(24)} ${rows} rows at ${position}${differing > 0 ? `, ${differing} differ` : ''}`,
    ...differences
      .slice(0, 20)
      .map(
        ({ id, stored, replayed }) => `       ${id}: ${!stored ? 'missing' : !replayed ? 'too many' : 'other values'}`,
      ),
  ].join('\n');
