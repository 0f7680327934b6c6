import { context, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { redactText } from '../common/redact.ts';

/** How long a batch may take, tries and pauses together, until it is given up. */
const SEND_MS = 3_000;
/** How long a process that ends waits for its last spans to be taken. */
const FLUSH_MS = 4_000;

export interface TracingOptions {
  /** Where spans go, OTLP over HTTP as JSON: see `tracesEndpoint`. */
  endpoint: string;
  /** 'lrt-server', 'lrt-worker' */
  serviceName: string;
  /** Where spans cannot be sent, it is told so once, and again only after they could be in between. */
  logger: { warn(fields: object, message: string): void };
}

/**
 * Where OpenTelemetry's own variables say that spans go, undefined where they say nothing. Throws a TypeError that
 * names the variable where its value is no http(s) URL.
 */
export function tracesEndpoint(env: Record<string, string | undefined>): string | undefined {
  const own = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (own) return httpUrl('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', own);
  if (base) return `${httpUrl('OTEL_EXPORTER_OTLP_ENDPOINT', base).replace(/\/+$/, '')}/v1/traces`;
  return undefined;
}

/**
 * From now on what `traced` and its like do is recorded and sent. Loads the SDK, which a process without traces does
 * without. A collector that is away costs nothing but its spans. Once per process; `shutdown` sends what is left, in
 * at most 4 s, and never rejects.
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
        // 0: success, as in @opentelemetry/core.
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
