import { expect, it } from 'vitest';
import { newId } from './ids.ts';

it('New ids are UUIDv7: of the right form, unlike each other, sorted by time', () => {
  const ids = [newId(1_000), newId(2_000), newId(3_000_000_000_000)];
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(newId(1)).not.toBe(newId(1));
});
