import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../kit/types.ts';
import { readModels } from '../read-models.ts';
import { firstLetter, PersonName } from './person-card.ts';

const isName = (model: (typeof readModels)[number], column: string) => model.row.shape[column] === PersonName;

describe('the name of a person in a row', () => {
  it('is known as one wherever it stands, so that it can be veiled', () => {
    const joined = readModels.flatMap((model) =>
      (model.joins ?? [])
        .filter(({ from }) => from.type === 'PersonCard')
        .flatMap(({ take }) => Object.keys(take({ name: '김나래' } as unknown as AnyRow, {} as AnyRow, [])))
        .map((column) => [model.name, column, isName(model, column)]),
    );
    expect(joined.length).toBeGreaterThan(4);
    expect(joined.filter(([, , known]) => !known)).toEqual([]);
    const copied = readModels.flatMap((model) =>
      Object.keys(model.row.shape)
        .filter((column) => model.derived && isName(model.derived.from, column) && !isName(model, column))
        .map((column) => [model.name, column]),
    );
    expect(copied).toEqual([]);
  });

  it('shows no more than its first letter then', () => {
    expect([firstLetter('김나래'), firstLetter(null)]).toEqual(['김***', null]);
  });
});
