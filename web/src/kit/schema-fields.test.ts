import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf, fromLocalMoment, localMoment, meant, shown } from './schema-fields.ts';

const input = z.object({
  id: z.uuid().meta({ id: 'Uuid' }),
  note: z.string().max(4_000).default(''),
  at: z.iso.datetime().meta({ id: 'DateTime' }),
  priceKrw: z.int().meta({ id: 'Won' }).optional(),
  method: z.enum(['card', 'cash']),
  urgent: z.boolean().default(false),
  lines: z.array(z.string()),
});
const field = (name: string) => fieldsOf(input).find((each) => each.name === name)!;

describe('A form from a command’s input', () => {
  it('finds a control for each field and what is required', () => {
    expect(fieldsOf(input).map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['id', 'line', true],
      ['note', 'prose', false],
      ['at', 'moment', true],
      ['priceKrw', 'won', false],
      ['method', 'choice', true],
      ['urgent', 'flag', false],
      ['lines', 'json', true],
    ]);
    expect(field('method').choices).toEqual(['card', 'cash']);
  });
  it('shows and reads moments as Seoul’s clock', () => {
    expect(localMoment('2025-06-30T05:00:00.000Z')).toBe('2025-06-30T14:00');
    expect(fromLocalMoment('2025-06-30T14:00')).toBe('2025-06-30T05:00:00.000Z');
    expect(shown(field('at'), '2025-06-30T05:00:00Z')).toBe('2025-06-30T14:00');
  });
  it('sends numbers as numbers, and leaves empty fields out', () => {
    expect(meant(field('priceKrw'), '12,000')).toBe(12_000);
    expect(meant(field('priceKrw'), ' ')).toBeUndefined();
    expect(meant(field('urgent'), undefined)).toBe(false);
  });
});
