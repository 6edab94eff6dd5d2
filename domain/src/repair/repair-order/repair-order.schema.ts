import { closingCommands, closingEvents } from './closing.schema.ts';
import { estimateCommands, estimateEvents } from './estimate.schema.ts';
import { openingCommands, openingEvents } from './opening.schema.ts';
import { partsCommands, partsEvents } from './parts.schema.ts';
import { workCommands, workEvents } from './work.schema.ts';

/** Every command and event of a repair order, in the order of a visit. */
export const commands = {
  ...openingCommands,
  ...estimateCommands,
  ...partsCommands,
  ...workCommands,
  ...closingCommands,
};

export const events = {
  ...openingEvents,
  ...estimateEvents,
  ...partsEvents,
  ...workEvents,
  ...closingEvents,
};
