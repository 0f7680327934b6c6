import { context, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { redactText } from '../common/redact.ts';

/** A batch of spans may take this long, with its retries and pauses, before it is dropped. */
const SEND_MS = 3_000;
/** A process that ends waits at most this long for the collector to take its last spans. */
const FLUSH_MS = 4_000;

export interface TracingOptions {
  /** The URL to which spans are sent, OTLP over HTTP as JSON: see `tracesEndpoint`. */
  endpoint: string;
  /** 'lrt-server', 'lrt-worker' */
  serviceName: string;
  /** Receives the reason once when spans cannot be sent, and again only after sending has worked in between. */
  logger: { warn(fields: object, message: string): void };
}

/**
 * The URL of the collector by OpenTelemetry's own variables; undefined if they name none. Throws a TypeError that
 * names the variable if its value is not an http(s) URL.
 */
export function tracesEndpoint(env: Record<string, string | undefined>): string | undefined {
  const own = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (own) return httpUrl('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', own);
  if (base) return `${httpUrl('OTEL_EXPORTER_OTLP_ENDPOINT', base).replace(/\/+$/, '')}/v1/traces`;
  return undefined;
}

/**
 * Starts tracing for this process: from now on `traced` and its like record and send spans. It loads the SDK, which a
 * process without traces does without. A collector that is away costs nothing but its spans. Call it once per
 * process. `shutdown` sends what is left, in at most 4 s, and never rejects.
 */
export async function startTracing(options: TracingOptions): Promise<{ shutdown(): Promise<void> }> {
  const [sdk, { OTLPTraceExporter }, { defaultResource, resourceFromAttributes }, { AsyncContext }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('./AsyncContext.ts'),
    ]);
  const exporter = new OTLPTraceExporter({ url: options.endpoint, timeoutMillis: SEND_MS });
  const provider = new sdk.TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': options.serviceName })),
    spanLimits: { attributeValueLengthLimit: 1_000 },
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: sayOnce(exporter, options) })],
  });
  context.setGlobalContextManager(new AsyncContext());
  trace.setGlobalTracerProvider(provider);

  const shutDown = async () => {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, FLUSH_MS);
    await Promise.race([provider.shutdown().catch(() => {}), late]);
    clearTimeout(timer);
    trace.disable();
    context.disable();
  };
  let ended: Promise<void> | undefined;
  return {
    shutdown: () => {
      ended ??= shutDown();
      return ended;
    },
  };
}

function sayOnce(exporter: SpanExporter, { endpoint, logger }: TracingOptions): SpanExporter {
  let failing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        // 0 means success, as in @opentelemetry/core.
        if (result.code !== 0 && !failing) {
          const where = redactText(endpoint);
          const message = `Traces cannot be sent to ${where}; they are dropped until they can. This is said once`;
          logger.warn({ err: result.error }, message);
        }
        failing = result.code !== 0;
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

function httpUrl(name: string, value: string): string {
  const { protocol } = URL.parse(value) ?? {};
  if (protocol === 'http:' || protocol === 'https:') return value;
  const given = JSON.stringify(redactText(value));
  throw new TypeError(`${name} must be an http or https URL such as "http://127.0.0.1:4318", not ${given}`);
}
