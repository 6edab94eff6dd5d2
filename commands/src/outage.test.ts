import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idOf, startWorld } from '../test/world.ts';

describe('the event store goes away', () => {
  it('and comes back: the caller is told to try again, and the same command id is safe', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'cargoro-outage-'));
    const before = await startWorld({ dataDir });
    const ledgerId = before.newLedger();
    const open = before.request('OpenLedger', { ledgerId, orgId: idOf('org') });
    const add = before.request('AddAmount', { ledgerId, amount: 5 });
    const node = before.node();
    await node.dispatch(open);
    const first = await node.dispatch(add);
    await before.store.stop();
    await expect(node.dispatch({ ...add, commandId: idOf('later') })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await before.log.close();

    const after = await startWorld({ dataDir });
    expect(await after.node().dispatch(add)).toEqual(first);
    expect(await after.events(ledgerId)).toEqual(['LedgerOpened', 'AmountAdded']);
    await after.stop();
    await rm(dataDir, { recursive: true });
  });
});
