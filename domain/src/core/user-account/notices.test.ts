import { describe, expect, it } from 'vitest';
import { defaultNoticeChoice, undisturbed } from './notices.ts';

const night = { channels: [], quietHours: { from: 21 * 60, until: 8 * 60 } };
const noon = { channels: [], quietHours: { from: 12 * 60, until: 13 * 60 } };

describe('quiet hours', () => {
  it('reach over midnight in Seoul, and end in the morning', () => {
    expect(undisturbed(night, '2025-06-30T11:59:00.000Z')).toBe('2025-06-30T11:59:00.000Z');
    expect(undisturbed(night, '2025-06-30T12:00:00.000Z')).toBe('2025-06-30T23:00:00.000Z');
    expect(undisturbed(night, '2025-06-30T16:30:00.000Z')).toBe('2025-06-30T23:00:00.000Z');
    expect(undisturbed(night, '2025-06-30T23:00:00.000Z')).toBe('2025-06-30T23:00:00.000Z');
    expect(defaultNoticeChoice.quietHours).toEqual(night.quietHours);
  });

  it('may lie within a day, or not be at all', () => {
    expect(undisturbed(noon, '2025-06-30T03:15:00.000Z')).toBe('2025-06-30T04:00:00.000Z');
    expect(undisturbed(noon, '2025-06-30T04:00:00.000Z')).toBe('2025-06-30T04:00:00.000Z');
    expect(undisturbed({ channels: [] }, '2025-06-30T16:30:00.000Z')).toBe('2025-06-30T16:30:00.000Z');
  });
});
