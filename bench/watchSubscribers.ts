import { connect } from 'node:net';

/**
 * A child process of watch.ts. It holds many watches, and reads as little of them as possible: the times in one of ten, and
 * in the others only that the last states came.
 */

// When the bench is killed, this process ends too.
process.once('disconnect', () => process.exit());

const TASKS = 10;
const [, , address = '', watcherCount] = process.argv;
const watchers = Number(watcherCount);
const { hostname, port, pathname } = new URL(address);
const AT_ONCE = 100;
const BODY = JSON.stringify({ filter: {} });
const TIME = /"message":"([\d.]+)/g;
const LAST = Buffer.from('the last one');
/** A mark may be cut in two by the end of a chunk. */
const OVERLAP = 64;

const delays: number[] = [];
const lastStates: number[] = [];
let cut = 0;

function subscribe(n: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = Buffer.alloc(0);
    let text = '';
    lastStates[n] = 0;
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`,
      ),
    );
    socket.setNoDelay(true);
    socket.once('data', () => resolve());
    socket.on('data', (bytes) => {
      const now = performance.timeOrigin + performance.now();
      if (n % 10 === 0) {
        text += bytes.toString('latin1');
        const end = text.lastIndexOf('\n\n');
        for (const [, time] of text.slice(0, end).matchAll(TIME)) delays.push(now - Number(time));
        text = text.slice(end);
      }
      const whole = Buffer.concat([rest, bytes]);
      let at = whole.indexOf(LAST);
      let after = 0;
      for (; at >= 0; at = whole.indexOf(LAST, after)) {
        lastStates[n] = (lastStates[n] ?? 0) + 1;
        after = at + LAST.length;
      }
      rest = whole.subarray(Math.max(after, whole.length - OVERLAP));
    });
    socket.on('error', reject);
    socket.on('close', () => {
      cut += 1;
    });
  });
}

process.on('message', () => {
  const sorted = Float64Array.from(delays).sort();
  const part = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  const behind = lastStates.filter((count) => count !== TASKS).length;
  process.send?.({ received: delays.length, cut, behind, p50: part(0.5), p99: part(0.99) }, () =>
    process.exit(),
  );
});

for (let n = 0; n < watchers; n += AT_ONCE) {
  const some = Array.from({ length: Math.min(AT_ONCE, watchers - n) }, (_, i) => subscribe(n + i));
  await Promise.all(some);
}
process.send?.({ listening: true });
