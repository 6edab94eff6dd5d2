import { expect, it } from 'vitest';
import { monthOf, plusMonths, previousMonth } from './calendar.ts';

it('moves days by months and stays inside shorter ones', () => {
  expect(plusMonths('2025-01-31', 1)).toBe('2025-02-28');
  expect(plusMonths('2024-01-31', 1)).toBe('2024-02-29');
  expect(plusMonths('2000-01-31', 1)).toBe('2000-02-29');
  expect(plusMonths('2100-01-31', 1)).toBe('2100-02-28');
  expect(plusMonths('2025-11-30', 3)).toBe('2026-02-28');
  expect(plusMonths('2025-06-30', 24)).toBe('2027-06-30');
  expect(plusMonths('2025-05-31', -1)).toBe('2025-04-30');
  expect(plusMonths('2025-12-15', 1)).toBe('2026-01-15');
});

it('knows months and the ones before them', () => {
  expect(monthOf('2025-06-30')).toBe('202506');
  expect([previousMonth('202506'), previousMonth('202501')]).toEqual(['202505', '202412']);
});
