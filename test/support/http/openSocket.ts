import { expect } from 'vitest';

/** A WebSocket of a test: its messages as JSON, in order, and how it was closed. */
export class TestSocket {
  readonly socket: WebSocket;
  readonly messages: Record<string, unknown>[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  /** Bearer tokens are owners' names, sent as a page would: among the protocols. */
  constructor(url: string, owner?: string) {
    const token = owner && btoa(owner).replace(/=+$/, '');
    this.socket = new WebSocket(url.replace(/^http/, 'ws'), token ? ['lrt', `bearer.${token}`] : []);
    this.socket.addEventListener('message', ({ data }) => {
      this.messages.push(JSON.parse(String(data)));
    });
    this.closed = new Promise((resolve) => {
      this.socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }));
    });
  }

  get latest(): Record<string, unknown> | undefined {
    return this.messages.at(-1);
  }

  /** Waits until the newest message is like this one. */
  async shows(wanted: object): Promise<void> {
    await expect.poll(() => this.latest, { timeout: 10_000 }).toMatchObject(wanted);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
