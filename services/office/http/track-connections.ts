import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server, so that it can be closed without waiting for clients to let go of them. */
export interface Connections {
  /** Ends every connection that no answer is being written to, one that never asked anything included. */
  readonly endIdle: () => void;
  readonly endAll: () => void;
}

/** Follows the connections of `server` from now on. */
export function trackConnections(server: Server): Connections {
  const busy = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    busy.set(socket, 0);
    socket.once('close', () => busy.delete(socket));
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const answers = busy.get(socket);
      if (answers !== undefined) busy.set(socket, answers - 1);
    });
  });
  return {
    endIdle: () => {
      for (const [socket, answers] of busy) if (answers === 0) socket.destroy();
    },
    endAll: () => {
      for (const socket of busy.keys()) socket.destroy();
    },
  };
}
