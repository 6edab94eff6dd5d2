import type { Pool } from '@cargoro/infra/postgres';
import type { ColumnKind } from '../kit/columns.ts';
import { upsert } from '../kit/sql.ts';
import type { AnyReadModel } from '../kit/types.ts';

const blank: Readonly<Record<ColumnKind, unknown>> = {
  ...{ text: '', int: 0, money: 0, float: 0, bool: false, json: [], texts: [], long: '0' },
  ...{ moment: '2025-01-01T00:00:00.000Z', day: '2025-01-01' },
};

/** Puts a row into a read model’s table as a projector would have left it; what is not named is null or blank. */
export const putRow = async (
  pool: Pool,
  model: AnyReadModel,
  row: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const whole = Object.fromEntries(
    model.columns.map(({ name, kind, nullable }) => [name, row[name] ?? (nullable ? null : blank[kind])]),
  );
  await pool.query(upsert(model, 1), [JSON.stringify([whole])]);
};
