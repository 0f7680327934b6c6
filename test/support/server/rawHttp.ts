import { connect, type Socket } from 'node:net';

/** A connection on which anything can be said. */
export interface RawConnection {
  socket: Socket;
  send(text: string): void;
  /** All that came so far. */
  received(): string;
  /** Resolves with all that came, once the other side has closed. */
  closed: Promise<string>;
}

export function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname);
    const closed = new Promise<string>((done) => socket.once('close', () => done(text)));
    socket.setEncoding('latin1');
    socket.on('data', (part) => {
      text += part;
    });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // A reset is one of the ways to be cut off.
      socket.on('error', () => {});
      resolve({ socket, send: (said) => void socket.write(said), received: () => text, closed });
    });
  });
}

/** Sends it, and resolves with the answer once the server has closed the connection. */
export async function say(url: string, text: string): Promise<string> {
  const connection = await openRaw(url);
  connection.send(text);
  const answer = await connection.closed;
  return answer;
}

/** Status and problem of an answer as text. */
export function problemOf(answer: string): { status: number; problem: Record<string, unknown> } {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  if (!/content-type: application\/problem\+json/i.test(head))
    throw new Error(`No problem: ${answer.slice(0, 500)}`);
  return { status: Number(head.split(' ')[1]), problem: JSON.parse(body) };
}
