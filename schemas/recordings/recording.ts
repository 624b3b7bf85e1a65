import type { Failure } from '../events/define';
import type { JsonObject } from '../json';
import type { Value } from '../refs';
import type { DecisionView } from '../run';

/** The execution of a step in a recording: all that it has exchanged with the world, by its last attempt. */
export interface RecordedStep {
  /** of its call, without the workflow id: `step/tool/round`, and `/place` for a call that a model has asked for */
  key: string;
  step: string;
  uses: string;
  /** version of the tool or agent */
  version: string;
  attempt: number;
  /** workflow id that its tool was given, which a replay gives it again */
  seen_as: string;
  exchanges: RecordedExchange[];
  /** the end of an attempt that was cut off, or not begun, by the platform: a time limit, a limit of the policy */
  cut?: RecordedFault;
  /** it was stopped, since the run had failed elsewhere */
  stopped?: true;
}

/** One exchange: what was asked, and the answer or the failure; without either it was cut off. */
export interface RecordedExchange {
  /** `http`, `sql`, `mcp`, `model`, `state`, `memory`, `clock`, `random`, or a tool's own word */
  kind: string;
  /** SHA-256 of the canonical request */
  digest: string;
  /** what was asked, without secrets and what differs from run to run */
  request: Value;
  answer?: Value;
  fault?: RecordedFault;
}

/** A failure as a recording keeps it. */
export interface RecordedFault {
  /** of its class */
  name: string;
  message: string;
  facts: JsonObject;
}

/** The course of a recorded run, as far as its replay does not find it by itself. */
export interface Recalled {
  /** steps that are live: people are asked, and time passes */
  live: string[];
  course: RecordedCourse;
  /** ends of the steps that have waited, UTC milliseconds */
  waits: { [step: string]: number };
  /** what came of the questions to people, by approval id, in the order in which they were asked */
  replies: { [approval_id: string]: RecalledReply[] };
  /** what the steps have given that execute another workflow */
  executions: { [step: string]: { output: Value } | { failed: Failure } };
}

/** The order of a recorded run that decides its end: a failure must find the same steps done. */
export interface RecordedCourse {
  /** steps that the run was cut off before: they do not begin */
  idle: string[];
  /** steps that had ended where one failed for good, by its id and its round: `step 1` */
  before: { [execution: string]: string[] };
  /** executions that were cut off by such a failure */
  cut: string[];
}

/** What came of a question: notices that went out, and a decision, or none in time. */
export interface RecalledReply {
  overdue: ('reminder' | 'escalation')[];
  decision?: DecisionView;
  expired?: true;
}
