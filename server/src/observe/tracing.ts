import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { redactText } from '../common/redact.ts';
import { methodOf } from './methodOf.ts';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

/** Without `startTracing` these functions do their work and record nothing. */
const tracer = () => trace.getTracer('lrt-server');

/**
 * Does the work in a span of that name. Spans and traceparents that are made meanwhile, over awaits too, are within
 * it. The span notes an error with which the work rejects, and passes it on.
 *
 * `parent` is a traceparent that another process left with the task; a span under it is of kind consumer. Without a
 * valid one, the span goes under the active span of this process.
 */
export function traced<T>(
  name: string,
  attributes: Attributes,
  work: () => T | Promise<T>,
  parent?: string | undefined,
): Promise<T> {
  const remote = parseTraceparent(parent);
  const kind = remote ? SpanKind.CONSUMER : SpanKind.INTERNAL;
  const under = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : context.active();
  return inSpan(tracer().startSpan(name, { kind, attributes }, under), under, async () => work());
}

/**
 * Returns a traceparent to store with a task, so that its run on any machine joins this trace. Undefined if nothing
 * is traced.
 */
export function currentTraceparent(): string | undefined {
  const spanContext = trace.getSpanContext(context.active());
  return spanContext && isSpanContextValid(spanContext) ? formatTraceparent(spanContext) : undefined;
}

/** Records a span for time that has passed and ends now. `parent` is as for `traced`. */
export function recordWait(
  name: string,
  attributes: Attributes,
  waitSeconds: number,
  parent?: string | undefined,
): void {
  const remote = parseTraceparent(parent);
  const under = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : context.active();
  const now = Date.now();
  const startTime = now - (Number.isFinite(waitSeconds) ? Math.max(0, waitSeconds) * 1_000 : 0);
  tracer().startSpan(name, { attributes, startTime }, under).end(now);
}

/**
 * Answers a request in a span that is named after its route, under the caller's `traceparent` if there is one. The
 * span ends with the head of the response. `route` is '/tasks/:id', one of few.
 */
export function tracedRequest(
  request: Request,
  route: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  const remote = parseTraceparent(request.headers.get('traceparent'));
  const under = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
  const method = methodOf(request.method);
  const attributes = { 'http.request.method': method, 'http.route': route };
  const options = { kind: SpanKind.SERVER, attributes };
  const span = tracer().startSpan(`${method} ${route}`, options, under);
  return inSpan(span, under, async () => {
    const response = await answer();
    span.setAttribute('http.response.status_code', response.status);
    if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    return response;
  });
}

async function inSpan<T>(span: Span, under: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await context.with(trace.setSpan(under, span), work);
  } catch (error) {
    const message = redactText(error instanceof Error ? error.message : String(error));
    span.recordException({ name: error instanceof Error ? error.name : 'Error', message });
    span.setStatus({ code: SpanStatusCode.ERROR, message });
    throw error;
  } finally {
    span.end();
  }
}
