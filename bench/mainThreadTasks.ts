interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ph: string;
  args?: { name?: string };
  /** Microseconds on the wall, and of the thread itself. */
  dur?: number;
  tdur?: number;
}

/** The tasks of the main thread of the page that a trace has. */
export function mainThreadTasks(trace: Buffer): { dur: number; tdur: number }[] {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = 0 }) => ({ dur, tdur }));
}
