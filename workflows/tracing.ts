import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { proxySinks, workflowInfo, type Sinks, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Sink by which a run that ends tells the worker of its trace; nothing comes back. */
export interface TraceSinks extends Sinks {
  awe_trace: {
    /** `parent`: the `traceparent` of its starter */
    runEnded(parent: string, status: 'completed' | 'failed' | 'cancelled' | 'continued'): void;
  };
}

/** The header that OpenTelemetry's interceptors for Temporal use, in all of its languages. */
const HEADER = '_tracer-data';

type Carrier = Record<string, string>;

/**
 * Hands the trace of whoever has started a run on to its activities, its children and the next run of its chain. No
 * promise is made here and nothing is decided by it, so histories replay with it and without it, and a run that is not
 * traced pays nothing. The span of the run has an id that follows from the run's: its activities name it as their
 * parent before it is told, which the worker does when the run has ended.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let parent: string | undefined;
  let headers: Headers | undefined;
  const traced = <I extends { headers: Headers }>(input: I): I =>
    headers ? { ...input, headers: { ...input.headers, ...headers } } : input;

  return {
    inbound: [
      {
        execute(input, next) {
          const carrier = read(input.headers);
          parent = carrier?.['traceparent'];
          if (carrier && parent !== undefined)
            headers = {
              [HEADER]: defaultPayloadConverter.toPayload({
                ...carrier,
                traceparent: below(parent, workflowInfo().runId),
              }),
            };
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(traced(input)),
        startChildWorkflowExecution: (input, next) => next(traced(input)),
        continueAsNew: (input, next) => next(traced(input)),
      },
    ],
    internals: [
      {
        concludeActivation(input, next) {
          const output = next(input);
          if (parent === undefined) return output;
          for (const command of output.commands) {
            const status = command.completeWorkflowExecution
              ? 'completed'
              : command.failWorkflowExecution
                ? 'failed'
                : command.cancelWorkflowExecution
                  ? 'cancelled'
                  : command.continueAsNewWorkflowExecution
                    ? 'continued'
                    : undefined;
            if (status) proxySinks<TraceSinks>().awe_trace.runEnded(parent, status);
          }
          return output;
        },
      },
    ],
  };
};

/** Header that a caller has sent along; foreign, so anything may be in it. */
function read(headers: Headers): Carrier | undefined {
  const payload = headers[HEADER];
  if (!payload) return undefined;
  try {
    const carrier = defaultPayloadConverter.fromPayload<unknown>(payload);
    const { traceparent } = (carrier ?? {}) as Carrier;
    return typeof traceparent === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(traceparent)
      ? (carrier as Carrier)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The place of the run's own span: the last 64 bits of the run's id, which are random. */
function below(parent: string, runId: string): string {
  const [version, trace, , flags] = parent.split('-');
  return `${version}-${trace}-${runId.replaceAll('-', '').slice(-16)}-${flags}`;
}
