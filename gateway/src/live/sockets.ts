import type { WebSocket } from 'ws';
import type { Caller } from '../auth/authenticate.ts';
import { type EndedRight, type EndedRights, restsOn } from '../auth/ended-rights.ts';
import type { Viewer } from '../read-types.ts';
import { closeCodes } from './close-codes.ts';
import type { Sink } from './member.ts';

/** Node's timers take no more than this; a token that lives longer is looked at again. */
const longestTimerMs = 2 ** 31 - 1;

/** The open sockets: who is on them, when their right to be there ends, and how much waits for the slow ones. */
export const createSockets = (endedRights: EndedRights, backlogBytes: number) => {
  const open = new Map<WebSocket, Caller>();
  const close = (socket: WebSocket, code: number, reason: string): void => {
    socket.close(code, reason);
    // A peer that does not read will not answer the closing handshake either.
    const last = setTimeout(() => socket.terminate(), 2_000);
    last.unref();
    socket.once('close', () => clearTimeout(last));
  };

  const forbid = (socket: WebSocket, reason: string): void => close(socket, closeCodes.forbidden, reason);
  const rests = ({ viewer }: Caller, ended: EndedRight): boolean => {
    if (viewer === null) return false;
    const { id: userId, orgId, role } = viewer.breakGlass?.by ?? viewer.actor;
    return restsOn({ userId, orgId, role }, ended);
  };
  const forget = endedRights.onEnd((ended) => {
    for (const [socket, caller] of open) if (rests(caller, ended)) forbid(socket, 'Access ended');
  });

  const admit = (socket: WebSocket, caller: Caller): void => {
    open.set(socket, caller);
    let timer: NodeJS.Timeout | undefined;
    const untilExpiry = () => {
      const left = (caller.expiresAt ?? Number.POSITIVE_INFINITY) - Date.now();
      if (left <= 0) forbid(socket, 'Token expired');
      else if (Number.isFinite(left)) timer = setTimeout(untilExpiry, Math.min(left, longestTimerMs)).unref();
    };
    untilExpiry();
    socket.once('close', () => {
      clearTimeout(timer);
      open.delete(socket);
    });
  };

  /** Writes a subscription's frames itself: the payload is made once for everybody, only the id is the socket's own. */
  const sinkOf = (socket: WebSocket, id: string): Sink => {
    const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    return {
      send: (payload) => {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > backlogBytes)
          return close(socket, closeCodes.tooSlow, 'Too slow: resume with afterPosition');
        socket.send(`${head}${payload}}`);
      },
      forbid: (reason) => forbid(socket, reason),
    };
  };

  return {
    admit,
    sinkOf,
    close,
    count: () => open.size,
    /** Those who read by emergency access. */
    underBreakGlass: (): readonly { readonly viewer: Viewer; readonly forbid: (reason: string) => void }[] =>
      [...open].flatMap(([socket, { viewer }]) =>
        viewer?.breakGlass ? [{ viewer, forbid: (reason: string) => forbid(socket, reason) }] : [],
      ),
    closeAll: (): void => {
      forget();
      for (const socket of open.keys()) close(socket, closeCodes.restarting, 'Restarting');
    },
  };
};
export type Sockets = ReturnType<typeof createSockets>;
