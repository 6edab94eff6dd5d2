import { partyKey } from '@cargoro/domain';
import type { Postgres } from '@cargoro/infra/postgres';
import type { NumberPort } from './types.ts';

/** The highest number of a party that begins so, among the records that were numbered by hand; 0 without any. */
export type HighestNumber = (party: string, beginning: string) => Promise<number>;

const digits = 6;

/**
 * Counts per party, kind and year in Postgres: `RO-26-000123`. A series begins after whatever the read models hold of it.
 * A command that asks again, on any node, gets the number it has.
 */
export const createNumbers = (postgres: Postgres, highest: HighestNumber): NumberPort => {
  const begin = async (party: string, prefix: string, year: string): Promise<void> => {
    const last = await highest(party, `${prefix}-${year}-`);
    await postgres.query(
      'insert into number_series (party, prefix, year, last) values ($1, $2, $3, $4) on conflict do nothing',
      [party, prefix, year, last],
    );
  };

  const take = (party: string, prefix: string, year: string, commandId: string): Promise<string | undefined> =>
    postgres.transaction(async (tx) => {
      // The series' row is locked first, so two nodes with the same command stand in line.
      const known = await tx.query<{ last: number }>(
        'select last from number_series where party = $1 and prefix = $2 and year = $3 for update',
        [party, prefix, year],
      );
      const last = known.rows[0]?.last;
      if (last === undefined) return undefined;
      const taken = await tx.query<{ number: string }>('select number from number_taken where command_id = $1', [
        commandId,
      ]);
      if (taken.rows[0]) return taken.rows[0].number;
      const number = `${prefix}-${year}-${String(last + 1).padStart(digits, '0')}`;
      await tx.query('update number_series set last = $4 where party = $1 and prefix = $2 and year = $3', [
        ...[party, prefix, year, last + 1],
      ]);
      await tx.query('insert into number_taken (command_id, party, number) values ($1, $2, $3)', [
        ...[commandId, party, number],
      ]);
      return number;
    });

  return async ({ prefix, party, year }, commandId) => {
    const key = partyKey(party);
    const number = await take(key, prefix, year, commandId);
    if (number !== undefined) return number;
    await begin(key, prefix, year);
    const first = await take(key, prefix, year, commandId);
    if (first === undefined) throw new Error(`The series ${prefix}-${year} of ${key} cannot be begun`);
    return first;
  };
};
