/**
 * The floor beside manyTabsPage.tsx: the least that 20 tabs can do with one stream. One tab reads an EventSource, posts each
 * event to a BroadcastChannel, and every tab parses it and sets the text of one element. It has no React, no leader that can
 * change, no resume, and checks nothing. `ages` means the same.
 */

const parameters = new URLSearchParams(location.search);
const rows = new Map<string, HTMLElement>();
const list = document.body.appendChild(document.createElement('ul'));
let times: number[] = [];

window.ages = [];

function show(data: string): void {
  const { task } = JSON.parse(data);
  let row = rows.get(task.id);
  if (!row) {
    row = list.appendChild(document.createElement('li'));
    rows.set(task.id, row);
  }
  row.textContent = task.progress.message;
  if (times.length === 0) {
    requestAnimationFrame(() => {
      const now = Date.now();
      for (const time of times) window.ages.push(now - time);
      times = [];
    });
  }
  times.push(Number(task.progress.message.slice(3)));
}

const channel = new BroadcastChannel('bare tabs');
channel.onmessage = ({ data }) => show(data);
if (parameters.has('leads')) {
  new EventSource(parameters.get('server') ?? '').addEventListener('task', ({ data }) => {
    channel.postMessage(data);
    show(data);
  });
}
