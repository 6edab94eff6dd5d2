import { requestCommands, requestEvents } from './request.schema.ts';
import { transitCommands, transitEvents } from './transit.schema.ts';

/** Every command and event of a delivery: until a driver has it, and from there on. */
export const commands = { ...requestCommands, ...transitCommands };
export const events = { ...requestEvents, ...transitEvents };
