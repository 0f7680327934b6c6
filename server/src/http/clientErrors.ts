import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_TYPE_PREFIX, type Problem } from '../../../src/contract/index.ts';

/** The answers to requests that Node could not read, by the code of its error. */
const REFUSALS: Record<string, { status: number; code: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers-too-large',
    detail: 'The headers of a request may have at most 16 kB',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'body-too-large',
    detail: 'The chunk extensions of a body may have at most 16 kB',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request-timeout',
    detail: 'The request did not arrive in time: headers within 10 s, all of it within 30 s',
  },
};

/** Answers as problem+json what a server refuses before there is a request, then closes the connection. */
export function answerClientErrors(server: Server): void {
  /** Connections on which an answer has begun: another one would end up in its midst. */
  const answering = new WeakMap<Duplex, number>();
  const count = (socket: Duplex, change: number) =>
    answering.set(socket, (answering.get(socket) ?? 0) + change);
  server.on('request', ({ socket }, outgoing) => {
    count(socket, 1);
    outgoing.once('close', () => count(socket, -1));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || (answering.get(socket) ?? 0) > 0) {
      socket.destroy();
      return;
    }
    const { status, code, detail } = REFUSALS[error.code ?? ''] ?? {
      status: 400,
      code: 'invalid-request',
      detail: 'The request is not valid HTTP/1.1',
    };
    const title = STATUS_CODES[status] ?? 'Refused';
    const problem: Problem = { type: PROBLEM_TYPE_PREFIX + code, title, status, detail };
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${status} ${title}`,
      'Content-Type: application/problem+json',
      'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}
