import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
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

/**
 * Answers as problem+json what a server refuses before there is a whole request, then closes the connection. A body that
 * does not arrive in time is refused as well, although its request is with the application already: that waits for the
 * body, and has not answered.
 */
export function answerClientErrors(server: Server): void {
  /** The answers that have been asked for on a connection and are not over. */
  const pending = new WeakMap<Duplex, Set<ServerResponse>>();
  server.on('request', ({ socket }, outgoing) => {
    const answers = pending.get(socket) ?? new Set();
    pending.set(socket, answers.add(outgoing));
    outgoing.once('close', () => answers.delete(outgoing));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const [answer, ...others] = pending.get(socket) ?? [];
    // Another answer would end up in the midst of one that has begun.
    const hasBegun = answer?.headersSent === true || others.length > 0;
    if (error.code === 'ECONNRESET' || !socket.writable || hasBegun) {
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
    const text = `${head.join('\r\n')}\r\n\r\n${body}`;
    // Whatever the application would still answer finds no connection.
    socket.end(text, answer ? () => socket.destroy() : undefined);
  });
}
