import type { StoredEvent } from '@cargoro/domain';
import { bays } from './bays.ts';
import { type Check, toldOf } from './check.ts';
import { custody } from './custody.ts';
import { drivers } from './drivers.ts';
import { exclusive } from './exclusive.ts';
import { holds } from './holds.ts';
import { invoices } from './invoices.ts';
import { ledger } from './ledger.ts';
import { once } from './once.ts';
import { shortages } from './shortages.ts';
import { stock } from './stock.ts';
import { supply } from './supply.ts';
import { technicians } from './technicians.ts';

export const checks: Readonly<Record<string, Check>> = {
  ...{ stock, bays, drivers, technicians, invoices, ledger },
  ...{ custody, shortages, holds, exclusive, once },
};

/** Everything that is wrong with a history, by the rule that says so. `late`: whoever wanted to look again has looked. */
export const wrongsOf = (events: readonly StoredEvent[], rest: boolean, late = false): readonly string[] => {
  const told = events.map(toldOf);
  const all = Object.entries(late ? { ...checks, supply } : checks);
  return all.flatMap(([name, check]) => check(told, rest).map((wrong) => `${name}: ${wrong}`));
};
