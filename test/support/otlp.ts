/** A collector of traces: takes OTLP over HTTP and decodes the protobuf with the exporter's own types. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import root from '@opentelemetry/otlp-transformer/build/src/generated/root';

export interface ReceivedSpan {
  name: string;
  trace: string;
  id: string;
  parent: string;
  service: string;
  attributes: Record<string, unknown>;
  failed: boolean;
  /** nanoseconds */
  began: bigint;
  ended: bigint;
}

export interface Collector {
  url: string;
  spans: ReceivedSpan[];
  /** headers of each request received */
  headers: Record<string, unknown>[];
  /** all bodies received, undecoded */
  bytes(): Buffer;
  stop(): Promise<void>;
}

interface Id {
  toString(encoding: 'hex'): string;
}
interface Wire {
  resourceSpans: {
    resource: { attributes: Pair[] };
    scopeSpans: { spans: WireSpan[] }[];
  }[];
}
interface Pair {
  key: string;
  value: Record<string, unknown>;
}
interface WireSpan {
  name: string;
  traceId: Id;
  spanId: Id;
  parentSpanId: Id | null;
  attributes: Pair[];
  status?: { code?: number };
  startTimeUnixNano: { toString(): string };
  endTimeUnixNano: { toString(): string };
}

/** Classes made at run time, which their declaration lacks. */
interface Classes {
  opentelemetry: {
    proto: { collector: { trace: { v1: { ExportTraceServiceRequest: { decode(bytes: Uint8Array): Wire } } } } };
  };
}

const { ExportTraceServiceRequest } = (root as unknown as Classes).opentelemetry.proto.collector.trace.v1;

export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const headers: Collector['headers'] = [];
  const bodies: Buffer[] = [];
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const body = Buffer.concat(parts);
      if (req.url !== '/v1/traces' || req.headers['content-type'] !== 'application/x-protobuf') {
        res.writeHead(404).end();
        return;
      }
      bodies.push(body);
      headers.push(req.headers);
      spans.push(...spansOf(ExportTraceServiceRequest.decode(body)));
      res.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    headers,
    bytes: () => Buffer.concat(bodies),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spansOf({ resourceSpans }: Wire): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({
        name: span.name,
        trace: hex(span.traceId),
        id: hex(span.spanId),
        parent: hex(span.parentSpanId),
        service: String(attributesOf(resource.attributes)['service.name']),
        attributes: attributesOf(span.attributes),
        failed: span.status?.code === 2,
        began: BigInt(span.startTimeUnixNano.toString()),
        ended: BigInt(span.endTimeUnixNano.toString()),
      })),
  );
}

const hex = (id: Id | null): string => (id ? Buffer.from(id as unknown as Uint8Array).toString('hex') : '');

const attributesOf = (pairs: Pair[]): Record<string, unknown> =>
  Object.fromEntries(
    pairs.map(({ key, value }) => {
      const { stringValue, boolValue, doubleValue, intValue } = value;
      const of = (value as { value?: string }).value; // which of them it is
      if (of === 'intValue') return [key, Number(String(intValue))];
      return [key, of === 'boolValue' ? boolValue : of === 'doubleValue' ? doubleValue : stringValue];
    }),
  );
