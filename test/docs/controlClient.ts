import { createControlClient } from 'lrt-plugin/client';

/** Runs a method of a service to its output. */
export async function runMethod(
  baseUrl: string,
  method: string,
  parameters: object,
  onPercent: (percent: number) => void = () => {},
): Promise<unknown> {
  const system = createControlClient({ baseUrl });
  const { id } = await system.enqueueTask(method, parameters);
  const stream = system.streamTaskProgress(id, { onProgress: ({ percent }) => onPercent(percent ?? 0) });
  return system.waitFor(id).finally(() => stream.close());
}
