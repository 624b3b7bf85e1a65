import { hostname } from 'node:os';
import type { Config } from '../config';
import type { Logger } from '../logging';
import { setTracer, type Attributes, type SpanStart, type Tracer } from './trace';

/** Milliseconds that an ending process waits for its last spans to be sent. */
const LAST_SPANS = 5_000;

/** Milliseconds between two warnings that spans do not arrive. */
const COMPLAIN_EVERY = 60_000;

/**
 * Sends traces to the configured collector (OTLP over HTTP, protobuf). Without one nothing is loaded or traced. While
 * the collector is away, spans that do not fit into memory are lost, and nobody waits for it. Returns the function that
 * sends the last spans and ends tracing.
 */
export async function startTracing({ tracing }: Pick<Config, 'tracing'>, log: Logger): Promise<() => Promise<void>> {
  const { endpoint } = tracing;
  if (endpoint === undefined) return async () => {};
  const [api, sdk, { Resource }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  api.diag.setLogger(createComplaintLog(log), { logLevel: api.DiagLogLevel.ERROR, suppressOverrideMessage: true });
  const ids = new sdk.RandomIdGenerator();
  let nextId: string | undefined;
  const provider = new sdk.NodeTracerProvider({
    resource: new Resource({
      'service.name': tracing.service,
      'service.instance.id': `${hostname()}:${process.pid}`,
    }),
    idGenerator: {
      generateTraceId: ids.generateTraceId,
      generateSpanId() {
        const id = nextId ?? ids.generateSpanId();
        nextId = undefined;
        return id;
      },
    },
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers: tracing.headers }),
        { scheduledDelayMillis: 1_000, exportTimeoutMillis: 10_000 },
      ),
    ],
  });
  const otel = provider.getTracer('awe');
  const kinds = {
    server: api.SpanKind.SERVER,
    client: api.SpanKind.CLIENT,
    consumer: api.SpanKind.CONSUMER,
    internal: api.SpanKind.INTERNAL,
  };

  function begin({ name, kind = 'internal', attributes = {}, parent }: SpanStart, startTime?: number) {
    const context = parent
      ? api.trace.setSpanContext(api.ROOT_CONTEXT, {
          traceId: parent.traceId,
          spanId: parent.spanId,
          traceFlags: parseInt(parent.flags, 16),
          isRemote: true,
        })
      : api.ROOT_CONTEXT;
    const options = {
      kind: kinds[kind],
      attributes: definedOf(attributes),
      ...(startTime === undefined ? {} : { startTime }),
    };
    return otel.startSpan(name, options, context);
  }

  const fail = (span: ReturnType<typeof begin>, error: { type: string } | undefined) => {
    if (!error) return;
    span.setAttribute('error.type', error.type);
    span.setStatus({ code: api.SpanStatusCode.ERROR });
  };

  const tracer: Tracer = {
    start(about) {
      const span = begin(about);
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        place: { traceId, spanId, flags: traceFlags.toString(16).padStart(2, '0') },
        set: (attributes) => void span.setAttributes(definedOf(attributes)),
        rename: (name) => void span.updateName(name),
        end(error) {
          fail(span, error);
          span.end();
        },
      };
    },
    record({ spanId, began, ended, error, ...about }) {
      nextId = spanId;
      const span = begin(about, began);
      fail(span, error);
      span.end(ended);
    },
  };
  setTracer(tracer);
  log.info({ service: tracing.service }, 'sending traces');

  return async () => {
    setTracer(undefined);
    const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_SPANS).unref());
    await Promise.race([provider.shutdown().catch(() => undefined), late]);
    api.diag.disable();
  };
}

function definedOf(attributes: Attributes): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Logs the exporter's complaints once a minute: it complains about every batch. */
function createComplaintLog(log: Logger) {
  let last = -Infinity;
  const warn = (message: string) => {
    if (Date.now() - last < COMPLAIN_EVERY) return;
    last = Date.now();
    log.warn({ reason: message.slice(0, 300) }, 'the collector takes no traces: spans are lost until it does');
  };
  const nothing = () => undefined;
  return { error: warn, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
}
