import * as bigTask from './bigTask.ts';
import * as compareRuns from './compareRuns.ts';
import * as connections from './connections.ts';
import * as dispatch from './dispatch.ts';
import * as flakyLine from './flakyLine.ts';
import * as largestTask from './largestTask.ts';
import * as manyItems from './manyItems.ts';
import * as manyTasks from './manyTasks.ts';
import * as mapCost from './mapCost.ts';
import * as mapPage from './mapPage.ts';
import * as monitorPage from './monitorPage.ts';
import * as planArea from './planArea.ts';
import * as planRecords from './planRecords.ts';
import * as polling from './polling.ts';
import * as postgis from './postgis.ts';
import * as previewUndo from './previewUndo.ts';
import { printRows } from './row.ts';
import * as runView from './runView.ts';
import * as spoiledTowns from './spoiledTowns.ts';
import * as sseFanOut from './sseFanOut.ts';
import * as store from './store.ts';
import * as storeMemory from './storeMemory.ts';
import * as streamFaults from './streamFaults.ts';
import * as streamThroughput from './streamThroughput.ts';
import * as watch from './watch.ts';
import * as workflows from './workflows.ts';

// The benches run one after the other, so that none disturbs the next. Figures are medians; both sides of a ratio
// come from the same run.
let met = true;
for (const [title, bench] of Object.entries({
  'Stream under faults: 600 events at 100 Hz, cut every 750 ms': streamFaults,
  'A line that is up for 4 s and away for 0.5 s, ten times': flakyLine,
  'Parsing and delivering 200-byte events over loopback': streamThroughput,
  '5,000 subscribers of one stream at 10 events/s': sseFanOut,
  '1,000 watchers of 1,000 changes/s': watch,
  'From the call to the first progress, and 1,000 tasks at once, beside bare BullMQ, pg-boss and graphile-worker':
    dispatch,
  'Workflows whose nodes do nothing, beside bare BullMQ and the chained jobs of graphile-worker': workflows,
  '30,000 tasks through one deployment': manyTasks,
  'The pages of a task with 1,000,000 items': manyItems,
  'A task with 500 MB of features': bigTask,
  'The shipped task at its largest, in the backend of a page': largestTask,
  'A service that is polled for 30 tasks of 4 to 87 s': polling,
  'Storing 2,000 connections in PostGIS': postgis,
  'The open monitor: 200 running tasks with 10 events a second each, alone and among 10,000': monitorPage,
  'The run view of a workflow: 200 and 1,000 nodes drawn, and 100 changes a second': runView,
  '20,000 drops that grow, pan, zoom and commit on a map, and the places of 1,000 tasks': mapCost,
  'The host page while 2,000 connections are built and drawn': mapPage,
  'Plans of areas of Cambridge and of made-up towns': planArea,
  'The records of a plan of all of Cambridge, in memory and on PostGIS': planRecords,
  'The preview of 2,000 connections, and the undo of their run, on each store': previewUndo,
  '500 made-up towns with broken data, planned and verified': spoiledTowns,
  'Task store': store,
  'Memory of task store and task list over 1,000,000 events': storeMemory,
  'Two runs of 2,000 connections compared': compareRuns,
  'Connection builder': connections,
})) {
  console.log(`\n${title}`);
  met = printRows(await bench.run()) && met;
}
if (!met) process.exitCode = 1;
