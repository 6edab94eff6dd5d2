import { text } from '@cargoro/domain';
import { ReminderView } from '@cargoro/projections';
import { z } from 'zod';
import { subscription } from '../define.ts';

export const ownerSubscriptions = [
  subscription({
    name: 'reminderFired',
    doc: text('챙길 때가 되었을 때', 'When something is due: by mileage, or by the plan'),
    readModel: ReminderView,
    args: z.object({}),
    match: () => ({ urgency: 'due' }),
  }),
];
