import { personas } from '../../../session/server.ts';

export const GET = async (): Promise<Response> => Response.json({ users: await personas() });
