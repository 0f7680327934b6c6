import type { ExecuteRequest } from '../../../backend/protocols/control/parseExecuteRequest.ts';

/** A long-running method is given these beside its request. */
export interface ServiceControls {
  /** Aborts when the caller cancels the task, and when the service stops. */
  readonly signal: AbortSignal;
  /** Reports how far the task is, in percent from 0 to 100. */
  updateProgress(percent: number): void;
}

/** Answers at once. It returns the output: a reference `{ protocol, uri, format }`, or JSON data. */
export type QuickWork = (request: ExecuteRequest) => unknown;
/** Works for minutes or hours. It returns the output, as quick work does, and throws where it failed. */
export type LongWork = (request: ExecuteRequest, controls: ServiceControls) => unknown;

/** A method of a service. `quick`, `longRunning` and `inThread` make one. */
export type ServiceMethod =
  | { readonly kind: 'quick'; readonly work: QuickWork }
  | { readonly kind: 'long'; readonly work: LongWork }
  | { readonly kind: 'thread'; readonly module: URL };

/**
 * A method that answers at once with its output.
 *
 * @example
 * const methods = { CountPoles: quick(({ parameters }) => ({ count: poles(parameters.design).length })) };
 */
export function quick(work: QuickWork): ServiceMethod {
  return { kind: 'quick', work };
}

/**
 * A method that answers 'running' and goes on. It suits work that waits: for files, databases, other programs.
 *
 * @example
 * const methods = {
 *   LongProcess: longRunning(async ({ inputs }, { updateProgress, signal }) => {
 *     for (const [index, input] of inputs.entries()) {
 *       await convert(input, { signal });
 *       updateProgress((100 * index) / inputs.length);
 *     }
 *     return { protocol: 's3', uri: 's3://bucket/result.json', format: 'json' };
 *   }),
 * };
 */
export function longRunning(work: LongWork): ServiceMethod {
  return { kind: 'long', work };
}

/**
 * A long-running method that computes without pause. It runs in a worker thread of its own, so the service goes on answering. The
 * default export of the module is the work.
 *
 * @example
 * const methods = { Simulate: inThread(new URL('./simulate.js', import.meta.url)) };
 */
export function inThread(module: URL): ServiceMethod {
  return { kind: 'thread', module };
}
