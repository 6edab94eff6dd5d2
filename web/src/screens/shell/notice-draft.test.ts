import { describe, expect, it } from 'vitest';
import { choiceOf, draftOf } from './notice-draft.ts';

describe('the choice of how to be notified', () => {
  it('shows what holds until somebody chooses', () => {
    expect(draftOf(null)).toEqual({ chosen: ['push', 'email'], quiet: true, from: '21:00', until: '08:00' });
  });

  it('is kept as it was chosen, over midnight and without quiet hours', () => {
    const chosen = { channels: ['sms'], quietHours: { from: 1_350, until: 5 } };
    expect(draftOf(chosen)).toEqual({ chosen: ['sms'], quiet: true, from: '22:30', until: '00:05' });
    expect(choiceOf(draftOf(chosen))).toEqual(chosen);
    expect(choiceOf({ ...draftOf(chosen), quiet: false })).toEqual({ channels: ['sms'] });
  });
});
