import { forward } from '../../../session/forward.ts';

/** Statements and invoices as PDF. The gateway knows who may read them. */
export const GET = forward;
