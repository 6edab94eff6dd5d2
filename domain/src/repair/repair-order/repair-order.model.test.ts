import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { foldPlain, given } from '../../kit/testing.ts';
import { commandOf, expected, lineIds, lineKrw, type Model, states } from './order-model.ts';
import { RepairOrder } from './repair-order.ts';
import { open, world } from './sample-order.ts';

const usual = [
  'diagnose',
  'draft',
  'send',
  'approve',
  'start',
  'finish',
  'finish',
  'finish',
  'finishWork',
  'pass',
  'complete',
];
const moves = ['decline', 'defer', 'expire', 'pause', 'resume', 'drop', 'fail', 'cancel', 'handOver', ...usual];
const on = fc.shuffledSubarray(lineIds, { minLength: 1 });
const any = fc.record({ do: fc.constantFrom(...moves), on });
/** The usual course of a visit with other moves strewn in, so that runs get far and still meet everything. */
const visit = fc
  .tuple(
    ...usual.map((what) =>
      fc.tuple(
        fc.array(any, { maxLength: 2 }),
        fc.record({ do: fc.constant(what), on: what === 'finish' ? on : fc.constant(lineIds) }),
      ),
    ),
  )
  .map((stages) => stages.flatMap(([strewn, move]) => [...strewn, move]));

/** Courses that every run of this test meets, however the dice fall. */
const told = [
  ['diagnose', 'draft', 'send', 'decline'],
  ['diagnose', 'draft', 'send', 'approve', 'start', 'pause', 'cancel', 'handOver'],
  ['diagnose', 'draft', 'send', 'approve', 'start', 'finish', 'finishWork', 'pass', 'complete'],
];

describe('RepairOrder against its model', () => {
  it('moves as the business expects: no work without consent, no charge above it, no end with open lines', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(visit, (run) => {
        let model: Model = {
          status: 'opened',
          lines: {},
          drafted: undefined,
          version: 0,
          sent: 0,
          expired: false,
          approvedKrw: 0,
        };
        let log: readonly AnyEvent[] = given(RepairOrder)
          .when('OpenRepairOrder', open, world)
          .emits('RepairOrderOpened');
        const consented = new Set<string>();
        for (const move of run) {
          const [type, data, at] = commandOf(model, move);
          const { decision } = given(RepairOrder, ...log).when(type, data, at);
          const after = expected(model, move);
          expect([move, model.status, decision.ok], decision.ok ? 'accepted' : decision.code).toEqual([
            move,
            model.status,
            after !== undefined,
          ]);
          if (!decision.ok || !after) continue;
          if (move.do === 'approve') for (const line of move.on) consented.add(line);
          log = log.concat(decision.events);
          model = after;
          reached.add(model.status);
          const { state } = foldPlain(RepairOrder, log);
          if (state.status === 'none') throw new Error('The order is gone');
          const lines = Object.fromEntries(
            Object.entries(state.lines).map(([line, { state: of, version }]) => [line, { state: of, version }]),
          );
          expect([state.status, lines, state.approvedKrw]).toEqual([model.status, model.lines, model.approvedKrw]);
          for (const [line, { state: of }] of Object.entries(lines))
            if (['inWork', 'done'].includes(of)) expect(consented.has(line)).toBe(true);
          if (move.do !== 'complete') continue;
          expect(states(model, 'approved', 'inWork')).toBe(0);
          expect(state.dueKrw).toBe(states(model, 'done') * lineKrw);
          expect(state.dueKrw).toBeLessThanOrEqual(state.approvedKrw);
        }
      }),
      { numRuns: 100, examples: told.map((path) => [path.map((what) => ({ do: what, on: lineIds.slice(0, 1) }))]) },
    );
    expect([...reached]).toEqual(expect.arrayContaining(['declined', 'onHold', 'completed', 'cancelled', 'closed']));
  });
});
