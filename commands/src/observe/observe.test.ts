import { createMetrics } from '@cargoro/infra/metrics';
import { testPostgres } from '@cargoro/infra/testing';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { idOf, startWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import { commandLog } from './command-log.ts';
import { logged } from './logged.ts';
import { measured } from './measured.ts';

describe('what is noted of commands', () => {
  it('is a line, a count and, when refused or failed, a row for auditors; never their data', async () => {
    const world = await startWorld();
    const database = await testPostgres();
    await migrateCommands(database.postgres);
    await migrateCommands(database.postgres);
    const lines: string[] = [];
    const metrics = createMetrics('test');
    const log = commandLog(database.postgres, world.clock);
    const observers = [
      logged(pino({ base: null }, { write: (line: string) => void lines.push(line) })),
      measured(metrics, new Set(['OpenLedger', 'AddAmount'])),
      log.observe,
    ];
    const node = world.node({ observers });
    const ledgerId = world.newLedger();
    await node.dispatch(world.request('OpenLedger', { ledgerId, orgId: idOf('org'), limit: 700_123 }));
    await node.dispatch(world.request('AddAmount', { ledgerId, amount: 700_124 }));
    await expect(node.dispatch(world.request('Nonsense\u0000', {}))).rejects.toThrow();
    await log.flush();

    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { type: 'OpenLedger', outcome: 'accepted', stream: `ledger-${ledgerId}`, msg: 'command' },
      { type: 'AddAmount', outcome: 'rejected', code: 'OVER_LIMIT' },
      { type: 'Nonsense\u0000', outcome: 'failed', code: 'BAD_USER_INPUT', msg: 'command failed' },
    ]);
    expect(lines.join()).not.toContain('70012');
    const scraped = await metrics.registry.metrics();
    expect(scraped).toContain('cargoro_commands_total{type="AddAmount",outcome="rejected",role="test"} 1');
    expect(scraped).toContain('cargoro_command_refusals_total{type="unknown",code="BAD_USER_INPUT",role="test"} 1');
    expect(
      await database.postgres.query('select type, stream, org_id, role, outcome, code from command_log order by id'),
    ).toEqual([
      {
        type: 'AddAmount',
        stream: `ledger-${ledgerId}`,
        org_id: idOf('org'),
        role: 'SERVICE_ADVISOR',
        outcome: 'rejected',
        code: 'OVER_LIMIT',
      },
      {
        type: 'Nonsense',
        stream: null,
        org_id: idOf('org'),
        role: 'SERVICE_ADVISOR',
        outcome: 'failed',
        code: 'BAD_USER_INPUT',
      },
    ]);
    expect(log.lost()).toBe(0);

    // The database goes away: commands go on, entries are let go and counted.
    await database.stop();
    expect(await node.dispatch(world.request('AddAmount', { ledgerId, amount: 700_125 }))).toMatchObject({
      kind: 'rejected',
    });
    await log.flush();
    expect(log.lost()).toBe(1);
    await world.stop();
  });
});
