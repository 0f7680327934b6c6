import { connect } from 'node:net';

/**
 * A child process of sseFanOut.ts. It holds many subscribers of one stream, and reads as little of it as possible.
 */

// When the bench is killed, this process ends too.
process.once('disconnect', () => process.exit());

const [, , address = '', subscriberCount] = process.argv;
const subscribers = Number(subscriberCount);
const { hostname, port, pathname } = new URL(address);
const AT_ONCE = 100;

const delays: number[] = [];
let gaps = 0;
let cut = 0;
let ended = 0;
let over = () => {};

const PROGRESS = /event: progress\nid: (\d+)\n.*"message":"([\d.]+)".*\n\n/g;
const END = /event: succeeded\nid: (\d+)\n/;

function subscribe(): Promise<void> {
  return new Promise((resolve, reject) => {
    let last = 0;
    let rest = '';
    let done = false;
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`),
    );
    socket.setNoDelay(true);
    socket.once('data', () => resolve());
    socket.on('data', (bytes) => {
      const now = performance.timeOrigin + performance.now();
      const text = rest + bytes.toString('latin1');
      let read = 0;
      PROGRESS.lastIndex = 0;
      for (let found = PROGRESS.exec(text); found; found = PROGRESS.exec(text)) {
        const seq = Number(found[1]);
        delays.push(now - Number(found[2]));
        if (last > 0 && seq !== last + 1) gaps += 1;
        last = seq;
        read = PROGRESS.lastIndex;
      }
      rest = text.slice(Math.max(read, text.length - 500));
      const end = done ? null : END.exec(text);
      if (end) {
        done = true;
        if (Number(end[1]) !== last + 1) gaps += 1;
        ended += 1;
        if (ended + cut === subscribers) over();
      }
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (done) return;
      cut += 1;
      if (ended + cut === subscribers) over();
    });
  });
}

const finished = new Promise<void>((resolve) => {
  over = resolve;
});
for (let n = 0; n < subscribers; n += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, subscribers - n) }, subscribe));
}
process.send?.({ listening: true });
await finished;
const sorted = Float64Array.from(delays).sort();
const part = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
process.send?.({ received: delays.length, gaps, cut, p50: part(0.5), p99: part(0.99) }, () => process.exit());
