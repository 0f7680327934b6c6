import type { ServerResponse } from 'node:http';
import type { EventStream } from '../../../backend/protocols/EventStream.ts';
import type { Turns } from './Turns.ts';

/**
 * By itself: through a web stream each event would cost twice as much. Not in chunks, whose frames would cost as much as
 * the event: the stream has an end of its own, and its connection is not used for anything else. So what comes after the
 * head can go straight to the socket, which saves another third.
 */
export function writeEvents(
  events: EventStream,
  { status, headers }: Response,
  outgoing: ServerResponse,
  turns: Turns,
): void {
  // The connection's close is the response's; that of a response that waits for an earlier one may go untold.
  const { socket } = outgoing.req;
  if (socket.destroyed) {
    events.leave();
    return;
  }
  let hasBegun = false;
  const resume = () => events.resume();
  const leave = () => {
    socket.off('close', leave);
    socket.off('drain', resume);
    outgoing.off('drain', resume);
    events.leave();
  };
  const write = (bytes: Uint8Array): boolean => {
    // Pipelined, it has the socket once the requests before it are answered; what was written before goes out then.
    const to = hasBegun && outgoing.socket ? outgoing.socket : outgoing;
    hasBegun = true;
    // Half closed. The other half follows, and is heard of.
    if (!to.writable) return false;
    if (to.write(bytes)) return true;
    to.once('drain', resume);
    return false;
  };
  socket.on('close', leave);
  outgoing.removeHeader('Transfer-Encoding');
  outgoing.writeHead(status, { ...Object.fromEntries(headers), Connection: 'close' });
  events.start({
    write,
    end() {
      leave();
      outgoing.end();
    },
    fail() {
      leave();
      outgoing.destroy();
    },
    turns,
  });
  // What is there already goes out with the head.
  events.flush();
}
