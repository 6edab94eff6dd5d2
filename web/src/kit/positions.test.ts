import { describe, expect, it } from 'vitest';
import { isAfter, latest } from './positions.ts';

describe('Positions', () => {
  it('compare as numbers beyond what a double holds', () => {
    expect(isAfter('9007199254740993', '9007199254740992')).toBe(true);
    expect(isAfter('10', '9')).toBe(true);
    expect(latest(['7', '10', '9'])).toBe('10');
    expect(latest([])).toBe('0');
  });
});
