import { fieldsOf } from '../knowledge.ts';
import { type Check, findings, str } from './check.ts';

const nameOf = (holder: unknown): string => `${str(fieldsOf(holder).kind)} ${str(fieldsOf(holder).id)}`;

/** A car is in exactly one hand: each hand-over comes from whoever had it, and goes to somebody else. */
export const custody: Check = (events) => {
  const { expect, all } = findings();
  const hands = new Map<string, string>();
  for (const { type, id, data } of events) {
    if (type === 'VehicleRegistered') hands.set(id, `owner ${str(fieldsOf(data.owner).id)}`);
    if (type === 'OwnershipTransferred' && /^(owner|assignee) /.test(hands.get(id) ?? ''))
      hands.set(id, `owner ${str(fieldsOf(data.to).id)}`);
    if (type !== 'CustodyTransferred') continue;
    const [before, from, to] = [hands.get(id), nameOf(data.from), nameOf(data.to)];
    expect(before === from, `car ${id} was with ${before}, yet is handed over by ${from}`);
    expect(from !== to, `car ${id} is handed over by ${from} to themselves`);
    hands.set(id, to);
  }
  return all();
};
