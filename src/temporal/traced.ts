import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { readTraceparent, runInSpan, traceHeaders } from '../telemetry/trace';
import type { Place } from '../telemetry/scope';

/** The header in which a trace travels through Temporal; workflows/tracing.ts hands it on. */
const HEADER = '_tracer-data';

/** Sends the trace along with a client's calls to Temporal. */
function sent(headers: Headers): Headers {
  const carrier = traceHeaders();
  return carrier.traceparent === undefined
    ? headers
    : { ...headers, [HEADER]: defaultPayloadConverter.toPayload({ ...carrier }) };
}

/** The trace context that came along. */
export function placeOf(headers: Headers): Place | undefined {
  const payload = headers[HEADER];
  if (!payload) return undefined;
  const carrier = defaultPayloadConverter.fromPayload<{ traceparent?: string } | null>(payload);
  return readTraceparent(carrier?.traceparent);
}

const about = (workflowId: string | undefined, runId?: string) => ({
  kind: 'client' as const,
  attributes: { 'awe.workflow_id': workflowId, 'awe.run_id': runId },
});

/** A span for each call that changes a run; a call that only reads belongs to its caller's span. */
export const tracedCalls: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    runInSpan({ name: `start ${input.workflowType}`, ...about(input.options.workflowId) }, async (span) => {
      const started = await next({ ...input, headers: sent(input.headers) });
      span?.set({ 'awe.run_id': started.runId });
      return started;
    }),
  signal: (input, next) =>
    runInSpan({ name: `signal ${input.signalName}`, ...about(input.workflowExecution.workflowId) }, () =>
      next({ ...input, headers: sent(input.headers) }),
    ),
  startUpdate: (input, next) =>
    runInSpan({ name: `update ${input.updateName}`, ...about(input.workflowExecution.workflowId) }, async (span) => {
      const started = await next({ ...input, headers: sent(input.headers) });
      span?.set({ 'awe.run_id': started.workflowRunId });
      return started;
    }),
  cancel: (input, next) =>
    runInSpan({ name: 'cancel', ...about(input.workflowExecution.workflowId) }, () => next(input)),
  terminate: (input, next) =>
    runInSpan({ name: 'terminate', ...about(input.workflowExecution.workflowId) }, () => next(input)),
};
