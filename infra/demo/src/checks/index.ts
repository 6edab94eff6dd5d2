import type { StoredEvent } from '@cargoro/domain';
import type { Check, Data } from './check.ts';
import { kilometreChecks } from './kilometres.ts';
import { moneyChecks } from './money.ts';
import { type MeasuredRate, rateCheck } from './rates/index.ts';
import { stockChecks } from './stock.ts';
import { timeChecks } from './time.ts';

export type Checked = { readonly name: string; readonly problems: readonly string[] };

/** A world was made that does not hold together; names what does not. */
export class BrokenChecks extends Error {
  override readonly name = 'BrokenChecks';
  constructor(results: readonly Checked[]) {
    const broken = results.filter(({ problems }) => problems.length > 0);
    const told = broken.map(({ name, problems }) => `${name}: ${problems.length}, such as ${problems[0]}`);
    super(`The world that was made does not hold together:\n${told.join('\n')}`);
  }
}

/**
 * What must hold of every world (domain.md §7.9), seen event by event in the order of the log; of one that lives as long
 * and as large as the business spec says also how often things happen.
 */
export const selfChecks = ({ areRatesHeld = false }: { readonly areRatesHeld?: boolean | undefined } = {}) => {
  const rates = areRatesHeld ? [rateCheck()] : [];
  const checks: readonly Check[] = [
    ...[...stockChecks(), ...moneyChecks(), ...timeChecks(), ...kilometreChecks()],
    ...rates,
  ];
  return {
    see: ({ id, stream, type, data, meta }: StoredEvent): void => {
      const seen = { id, stream, type, data: data as Data, correlationId: meta.correlationId, at: meta.occurredAt };
      for (const check of checks) check.see(seen);
    },
    rates: (): readonly MeasuredRate[] => rates.flatMap((check) => check.measured()),
    results: (): readonly Checked[] => checks.map((check) => ({ name: check.name, problems: check.problems() })),
  };
};
