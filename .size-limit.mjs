// The weights that `npm run weight` guards, of what is in dist, as a consumer's bundler sees it: minified, tree-shaken
// and gzipped. What loads on demand (another language, the words for rare errors) is not counted.

/** What an application shares with the plugin. */
const shared = ['react', 'react-dom', 'react/*', 'react-dom/*', 'antd', 'antd/*'];

/** @param opened the names of the files that load on demand and are counted all the same */
const onDemandStaysOut = (opened) => ({
  name: 'on-demand-stays-out',
  setup(builder) {
    builder.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' && !opened.some((name) => path.endsWith(`/${name}.js`))
        ? { path, external: true }
        : undefined,
    );
  },
});

const modifyEsbuildConfig = (opened) => (config) => ({
  ...config,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  plugins: [onDemandStaysOut(opened)],
});

export default [
  {
    name: 'client, with eventsource-parser',
    path: 'dist/client.js',
    import: '{ createTaskClient, openEventStream, TaskClientError }',
    // 5 kB before tasks had items, a bad event was skipped, and followTask served every protocol.
    // 0.5 kB more for bad connections: time limits, bounded bodies, a watchdog that learns, pauses that start over.
    // 0.1 kB more for signals, and for finding out that a task needs the code that loads on demand: strange events,
    // events that are too large, proxies that hold bytes back. waitFor loads on demand, and typed tasks weigh nothing.
    // 0.1 kB more for finding the code by which all tabs share one stream and watch tasks, and for following a task without
    // it where it does not load.
    // 0.1 kB more for a page that does not wait for that code when it hangs, and for the items of a task page by page.
    // 0.1 kB more for the names of six calls that load on demand: the log, clearing, counts, places in the queue, bulk tasks.
    limit: '6.4 kB',
  },
  {
    name: 'client of a Reflex server',
    path: 'dist/client.js',
    import: '{ createReflexClient }',
    // 0.1 kB more for the store of known tasks, which the client of services shares: it drops single tasks too.
    limit: '9.1 kB',
  },
  {
    name: 'plugin, modal and task store, in English',
    path: 'dist/index.js',
    import: '{ createLrtPlugin, createLrtModal }',
    // 14 kB before the client had these.
    // 1.7 kB more for the button's status, the guard against double-clicks, partial success, the log and the check of
    // options. The list of failures and the entries of the log load on demand.
    // 0.2 kB more since the plugin's words and those of the parts are files of their own, fetched one by one.
    // 0.3 kB more since a plugin parses its task's result, the log's warning about ignored parameters is translated, labels
    // break into lines in a narrow window, and a task that is out of sight has a sign of its own.
    // 0.1 kB more since the button's words change when a language arrives.
    // 0.2 kB more since the log's button has a place that is free from the start, and names of the other direction are
    // isolated.
    // 0.2 kB more since the client follows tasks through proxies that hold bytes back, and the dialog says so.
    // 0.1 kB more since nothing moves for a user who asks for less motion.
    // 0.4 kB more for the sentences about tasks that the dialog shares with the monitor: why one waits, how one ended.
    // 0.8 kB more for starting the notices, which load on demand as the offer of a notification does, for their options, and
    // for the dialog's answer whether it shows a task.
    // 2.8 kB more for the dialog: lines that keep their places in all phases, an icon for each state, the folded bar, and
    // buttons that ignore what was meant for the phase before. The code for the time that is left, for the map that follows
    // and for the task's colour loads on demand.
    // 0.5 kB more for why a queued task waits, who cancelled one (both read on demand), and the link from the title to the run.
    // 0.2 kB more for asking the server who its user is, so that "by you" is said of them alone, and for a heading of one line.
    // 1.2 kB more for the choice of addresses (their circle loads on demand), numbers with decimals, and a window and a plugin that
    // the plan of an area shares. 0.5 kB more for the button of the preview; its view and undo load on demand.
    // 0.3 kB more for keeping the focus clear of the buttons that stick, and for the table of a result.
    limit: '24 kB',
  },
  {
    name: 'the same bound to the stand-in host',
    path: 'dist/index.js',
    import: '{ LrtPlugin, LrtModal }',
  },
  {
    name: 'plan of an area, as it loads with the page',
    path: 'dist/plan.js',
    import: '{ createPlanPlugin }',
    // Its form, its summary and its words load on demand. What is left it shares with the dialog's plugin.
    // 0.3 kB more, as for the plugin above.
    limit: '19.9 kB',
  },
  {
    name: 'monitor, as it loads with the page',
    path: 'dist/monitor.js',
    import: '{ TaskMonitor, createMonitorPlugin, filterFromSearch, filterToSearch }',
    // It was 28.9 kB. Now it is the plugin, its options and its button; the words of the parts are two thirds of it, and a page
    // that has the dialog's plugin shares them. The number on the button (5.1 kB with its words) is fetched afterwards.
    // 0.1 kB more for the place in the filter and its address: "Tasks here" of a map.
    // 0.1 kB more for the name of a workflow's run, which is that of its graph.
    limit: '6.7 kB',
  },
  {
    name: 'monitor, opened as a panel',
    path: 'dist/monitor.js',
    import: '{ TaskMonitor }',
    opened: ['MonitorRoot'],
    // The goal is 14 kB. This is all that an open panel has: rows, keyboard, tools, store, and the words of the parts. Beside the
    // dialog's plugin, with which it shares translation, sentences and icons, opening it adds 15.9 kB, since the
    // number on its button has the store. Its own words (2 kB),
    // the table, the filters, questions, row menus, announcements, estimates, the map and the pages of runs load on demand.
    // 0.9 kB more for workflows: an arrow that opens a row into its tasks, which are counted nowhere else.
    // 0.1 kB more for lists without the nodes of workflows, also of a server that knows none.
    limit: '25.5 kB',
  },
  {
    name: 'run view of a workflow, opened',
    path: 'dist/monitor.js',
    import: '{ WorkflowView }',
    opened: ['WorkflowView'],
    // It has the words of a run's page and of the parts, the log, what draws tasks on a map, and the graph, timeline, table and list. dagre loads on demand.
    limit: '48 kB',
  },
].map(({ opened = [], ...check }) => ({
  gzip: true,
  ignore: shared,
  modifyEsbuildConfig: modifyEsbuildConfig(opened),
  ...check,
}));
