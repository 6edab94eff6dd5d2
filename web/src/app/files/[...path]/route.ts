import { forward } from '../../../session/forward.ts';

/** Photos and signatures: a link for an upload, the upload itself, reading. The gateway knows who may. */
export const GET = forward;
export const POST = forward;
export const PUT = forward;
