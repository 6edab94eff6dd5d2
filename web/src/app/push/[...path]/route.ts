import { forward } from '../../../session/forward.ts';

/** The devices of the signed-in person that take push messages, and the key they subscribe with. */
export const GET = forward;
export const PUT = forward;
export const DELETE = forward;
