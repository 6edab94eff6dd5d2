import { Claim, holderOf } from '@cargoro/domain';
import { Unavailable } from '@cargoro/infra/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, startWorld, type TestWorld } from '../test/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const opened = async (node = world.node()) => {
  const ledgerId = world.newLedger();
  await node.dispatch(world.request('OpenLedger', { ledgerId, orgId: idOf('org') }));
  return ledgerId;
};
const name = (ledgerId: string, ...names: string[]) => world.request('NameLedger', { ledgerId, names });
const holder = async (value: string) => holderOf((await world.node().load(Claim, `ledgerName.${value}`)).state);
const taken = { kind: 'rejected', code: 'NAME_TAKEN' };

describe('steps a command takes in other streams first', () => {
  it('are refused under the name the command gives them', async () => {
    const [one, two] = [await opened(), await opened()];
    expect(await world.node().dispatch(name(one, 'red'))).toMatchObject({ kind: 'accepted', events: ['LedgerNamed'] });
    expect(await world.node().dispatch(name(two, 'red'))).toEqual(taken);
    expect(await holder('red')).toBe(one);
    expect(await world.events(two)).toEqual(['LedgerOpened']);
  });

  it('are given back when a later one is refused', async () => {
    const [one, two] = [await opened(), await opened()];
    await world.node().dispatch(name(one, 'blue'));
    expect(await world.node().dispatch(name(two, 'green', 'blue'))).toEqual(taken);
    expect(await holder('green')).toBeUndefined();
    expect(await holder('blue')).toBe(one);
  });

  it('leave alone what was held before', async () => {
    const [one, two] = [await opened(), await opened()];
    await world.node().dispatch(name(one, 'pink'));
    await world.node().dispatch(name(two, 'grey'));
    expect(await world.node().dispatch(name(two, 'grey', 'pink'))).toEqual(taken);
    expect(await holder('grey')).toBe(two);
  });

  it('carry the trace of the command that sent them', async () => {
    const ledgerId = await opened();
    const request = { ...name(ledgerId, 'traced'), correlationId: 'case-9' };
    await world.node().dispatch(request);
    expect((await world.log.read('claim-ledgerName.traced'))[0]?.meta).toMatchObject({
      correlationId: 'case-9',
      causationId: request.commandId,
      actor: { kind: 'process', id: 'step.Ledger' },
    });
  });

  it('of which only one of two rivals gets the value', async () => {
    const rivals = await Promise.all(Array.from({ length: 8 }, () => opened()));
    const outcomes = await Promise.all(rivals.map((ledgerId) => world.node().dispatch(name(ledgerId, 'gold'))));
    expect(outcomes.filter((outcome) => outcome.kind === 'accepted')).toHaveLength(1);
    expect(rivals[outcomes.findIndex((outcome) => outcome.kind === 'accepted')]).toBe(await holder('gold'));
  });
});

describe('a crash between a step and the command’s own events', () => {
  const crashing = () => ({
    ...world.log,
    append: (stream: string, ...rest: [never, never]) => {
      if (stream.startsWith('ledger-')) throw new Unavailable('eventstore', 'killed');
      return world.log.append(stream, ...rest);
    },
  });

  it('is made good by sending the command again', async () => {
    const ledgerId = await opened();
    const request = name(ledgerId, 'black');
    await expect(world.node({ log: crashing() }).dispatch(request)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await holder('black')).toBe(ledgerId);
    expect(await world.node().dispatch(request)).toMatchObject({ kind: 'accepted' });
  });

  it('blocks the value for the time of a hold only', async () => {
    const [one, two] = [await opened(), await opened()];
    await expect(world.node({ log: crashing() }).dispatch(name(one, 'white'))).rejects.toThrow();
    expect(await world.node().dispatch(name(two, 'white'))).toEqual(taken);
    world.pass(61);
    expect(await world.node().dispatch(name(two, 'white'))).toMatchObject({ kind: 'accepted' });
    expect(await holder('white')).toBe(two);
  });

  it('does not let a lapsed hold count when the command comes back too late', async () => {
    const [one, two] = [await opened(), await opened()];
    const request = name(one, 'brown');
    await expect(world.node({ log: crashing() }).dispatch(request)).rejects.toThrow();
    world.pass(61);
    await world.node().dispatch(name(two, 'brown'));
    expect(await world.node().dispatch(request)).toEqual(taken);
  });

  it('renews a lapsed hold nobody else took', async () => {
    const [one, two] = [await opened(), await opened()];
    const request = name(one, 'amber');
    await expect(world.node({ log: crashing() }).dispatch(request)).rejects.toThrow();
    world.pass(61);
    expect(await world.node().dispatch(request)).toMatchObject({ kind: 'accepted' });
    expect(await world.node().dispatch(name(two, 'amber'))).toEqual(taken);
  });
});
