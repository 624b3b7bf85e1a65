import { once } from 'node:events';
import type { Json } from '../../schemas/json';
import type { RecordedExchange, RecordedFault, RecordedStep } from '../../schemas/recordings/recording';
import type { StepCall } from '../../schemas/step-call';
import { isWholeReplay, type Replaying } from '../../schemas/terms';
import { outermostOf } from '../../core/engine/row-id';
import type { Documents } from '../../src/documents/content';
import { canonicalJson, sha256 } from '../../src/documents/json';
import { differenceInWords, differencesOf } from '../../src/recordings/differences';
import type { Recordings } from '../../src/recordings/recordings';
import { withoutIds, withStrings } from '../../src/recordings/strings';
import { ToolError } from '../tools/errors';
import type { CallSecrets } from '../tools/secrets';
import { bodyFileOf } from './body';
import { errorOf, faultOf } from './faults';
import { varied } from './change';

/**
 * The dealings of one attempt with the world: as they are, kept, or answered from a recording. Every way that a tool has
 * to the outside goes through here.
 */
export interface Tape {
  /** answers come from a recording, and nothing goes out */
  readonly replayed: boolean;
  /** the run and the call as the tool sees them; in a replay those that were recorded, so that it makes the same of them */
  readonly seen: Pick<StepCall, 'workflow_id' | 'key'>;
  /** workflow id of the run whose recording answers, or is made */
  readonly source: string;
  /** Has something asked of the world, whose answer is JSON. `request` identifies it, and is kept without secrets. */
  ask<Q, T>(kind: string, request: Q, live: (request: Q) => Promise<T>): Promise<T>;
  /** The same for an answer that is kept in another form, once the attempt is over; `again` makes the answer of that. */
  exchange<T>(
    kind: string,
    request: Json,
    live: () => Promise<{ value: T; kept: () => Promise<Json> }>,
    again: (kept: Json) => Promise<T>,
  ): Promise<T>;
  /** The same for what is known at once. */
  look<T>(kind: string, request: Json, live: () => T): T;
  /** The answer to what can be asked only when it is over, such as the sending of lines. */
  told<T>(kind: string, live: () => Promise<{ request: Json; answer: T }>, consume: () => Promise<Json>): Promise<T>;
  /** From now on the secrets of the call are kept out. */
  keepOut(secrets: Pick<CallSecrets, 'clean'>): void;
  /** Begins the attempt. One that was cut off before it had exchanged anything ends so at once; one that was stopped waits for that. */
  begin(signal: AbortSignal): Promise<void>;
  /** Keeps what there is to keep. `end`: how the attempt has failed; `stopped`: nobody wanted its end any more */
  close(end?: ToolError, stopped?: boolean): Promise<void>;
  /** the first exchange that the recording could not answer: it counts, whatever the tool has made of it */
  readonly lost: ToolError | undefined;
}

export interface TapeParts {
  documents: Pick<Documents, 'toValue' | 'fromValue' | 'getValue'>;
  recordings: Recordings;
}

/** An execution of a step, in one attempt. */
export interface Taped {
  call: StepCall;
  version: string;
  attempt: number;
  /** it goes on where an attempt before was cut off, also one whose worker is gone: each answer of a model is kept at once */
  resumes: boolean;
}

/** Failures that end an attempt before its tool does, or in its stead. */
const CUTS: ReadonlySet<string> = new Set(['tool.timeout', 'limit.effects', 'agent.unavailable', 'step.timeout']);

/** The tape of an attempt, as the terms of its run want it. @throws DocumentError */
export async function openTape(parts: TapeParts, taped: Taped): Promise<Tape> {
  const { call } = taped;
  const { recording } = call.terms ?? {};
  if (!recording || call.mode !== 'live') return unrecorded(call);
  if (recording.mode === 'record') return recorder(parts, taped);
  const live = recording.live ? await parts.documents.getValue(recording.live) : [];
  if (live.includes(outermostOf(call.step_id))) return recorder(parts, taped, recording);
  return await player(parts, taped, recording);
}

const keyOf = ({ key, workflow_id }: StepCall): string => key.slice(workflow_id.length + 1);

const seenOf = ({ workflow_id, key }: StepCall): Tape['seen'] => ({ workflow_id, key });

function unrecorded(call: StepCall): Tape {
  return {
    replayed: false,
    seen: seenOf(call),
    source: call.workflow_id,
    ask: (_, request, live) => live(request),
    exchange: async (_, __, live) => (await live()).value,
    look: (_, __, live) => live(),
    told: async (_, live) => (await live()).answer,
    keepOut: () => undefined,
    begin: async () => undefined,
    close: async () => undefined,
    lost: undefined,
  };
}

/** An exchange while it goes on. */
interface Going {
  kind: string;
  request: Json;
  answer?: Json;
  fault?: RecordedFault;
  /** gives the answer when the attempt is over */
  late?: () => Promise<Json>;
}

const asJson = (value: unknown): Json => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json));

/** Nothing to be kept out. */
const NO_SECRETS: Pick<CallSecrets, 'clean'> = { clean: (value) => value };

function recorder({ documents, recordings }: TapeParts, taped: Taped, replaying?: Replaying): Tape {
  const { call, version, attempt, resumes } = taped;
  const recording = recordings.of(call.workflow_id);
  const key = keyOf(call);
  const going: Going[] = [];
  let secrets = NO_SECRETS;
  const plain = withoutIds([call.workflow_id]);
  const begin = (kind: string, request: Json): Going => {
    const begun: Going = { kind, request: withStrings(secrets.clean(request), plain) };
    going.push(begun);
    return begun;
  };

  async function kept({ kind, request, answer, fault }: Going): Promise<RecordedExchange> {
    return {
      ...{ kind, digest: sha256(canonicalJson(request)), request: await documents.toValue(request) },
      answer: answer === undefined ? undefined : await documents.toValue(answer),
      fault,
    };
  }

  async function keep(over: readonly Going[], end: Pick<RecordedStep, 'cut' | 'stopped'> = {}): Promise<void> {
    const exchanges = await Promise.all(over.map(kept));
    const before = resumes || attempt > 1 ? await recording.readStep(key) : undefined;
    const known = new Set(exchanges.map(({ kind, digest }) => `${kind} ${digest}`));
    // what an attempt before was answered is not asked again by an agent
    const earlier = (before?.exchanges ?? []).filter(
      ({ kind, digest, answer }) => answer && !known.has(`${kind} ${digest}`),
    );
    await recording.writeStep({
      ...{ key, step: call.step_id, uses: call.uses, version, attempt, seen_as: call.workflow_id },
      ...{ exchanges: [...earlier, ...exchanges], ...end },
    });
  }

  return {
    replayed: false,
    seen: seenOf(call),
    source: call.workflow_id,
    lost: undefined,
    keepOut: (opened) => void (secrets = opened),
    begin: async () => undefined,

    async ask(kind, request, live) {
      const asked = replaying?.change ? await varied(kind, request, replaying.change, documents) : request;
      const one = begin(kind, asJson(asked));
      try {
        const answer = await live(asked);
        one.answer = secrets.clean(asJson(answer));
        if (resumes && kind === 'model') await keep(going.filter(({ late }) => !late));
        return answer;
      } catch (error) {
        one.fault = secrets.clean(faultOf(error));
        throw error;
      }
    },

    async exchange(kind, request, live) {
      const one = begin(kind, request);
      try {
        const { value, kept: late } = await live();
        one.late = late;
        return value;
      } catch (error) {
        one.fault = secrets.clean(faultOf(error));
        throw error;
      }
    },

    look(kind, request, live) {
      const one = begin(kind, request);
      const answer = live();
      one.answer = asJson(answer);
      return answer;
    },

    async told(kind, live) {
      const one = begin(kind, null);
      const { request, answer } = await live();
      one.request = withStrings(secrets.clean(request), plain);
      one.answer = asJson(answer);
      return answer;
    },

    async close(end, stopped) {
      const cut = end && CUTS.has(end.type) ? secrets.clean(faultOf(end)) : undefined;
      for (const one of going) if (one.late) one.answer = secrets.clean(await one.late());
      if (going.length > 0 || cut || stopped || attempt > 1)
        await keep(going, { cut, stopped: stopped ? true : undefined });
    },
  };
}

/** An exchange that was recorded, with its request once somebody has looked at it. */
interface Recorded {
  exchange: RecordedExchange;
  used: boolean;
}

async function player({ documents, recordings }: TapeParts, taped: Taped, replaying: Replaying): Promise<Tape> {
  const { call } = taped;
  const { of } = replaying;
  const recording = recordings.of(of);
  const key = keyOf(call);
  const step = await recording.readStep(key);
  const seenAs = step?.seen_as ?? of;
  const plain = withoutIds([seenAs, call.workflow_id]);
  const all = await readAll(step, documents);
  let secrets = NO_SECRETS;
  let lost: ToolError | undefined;
  const lose = (error: ToolError): ToolError => (lost ??= error);

  function take(kind: string, asked: Json): Json {
    const request = withStrings(secrets.clean(asked), plain);
    const digest = sha256(canonicalJson(request));
    const found = all.find((one) => !one.used && one.exchange.kind === kind && one.exchange.digest === digest);
    if (!found) {
      if (step?.cut) throw errorOf(step.cut);
      throw lose(missing(kind, request));
    }
    found.used = true;
    if (found.exchange.fault) throw errorOf(found.exchange.fault);
    if (found.answer === undefined)
      throw step?.cut ? errorOf(step.cut) : lose(missing(kind, request, 'it was cut off while it was recorded'));
    return structuredClone(found.answer);
  }

  /** The request that the recording cannot answer, beside the recorded one that is most like it. */
  function missing(kind: string, request: Json, why?: string): ToolError {
    const others = all.filter(({ exchange }) => exchange.kind === kind);
    const open = others.filter(({ used }) => !used);
    const [nearest] = (open.length > 0 ? open : others)
      .map((one) => ({ one, differences: differencesOf(one.request, request) }))
      .sort((a, b) => a.differences.length - b.differences.length);
    const what = `the ${kind} exchange of ${call.step_id} (round ${call.round})`;
    if (why !== undefined) return replayError('replay.miss', `${what} has no answer in the recording: ${why}`);
    if (!nearest)
      return replayError(
        'replay.miss',
        `${what} is not in the recording of ${of}: no such exchange was recorded for it`,
      );
    const place = `exchange ${all.indexOf(nearest.one) + 1} of ${all.length}`;
    const words = nearest.differences.slice(0, 5).map(differenceInWords).join('; ');
    if (open.length === 0)
      return replayError(
        'replay.miss',
        `${what} is one more than were recorded; nearest is ${place}${words === '' ? ', the same request' : `: ${words}`}`,
      );
    return replayError('replay.diverged', `${what} is not what was recorded; nearest is ${place}: ${words}`);
  }

  return {
    replayed: true,
    seen: { workflow_id: seenAs, key: `${seenAs}/${key}` },
    source: of,
    async begin(signal) {
      if (step?.stopped) await aborted(signal);
      if (step?.cut && all.length === 0) throw errorOf(step.cut);
    },
    get lost() {
      return lost;
    },
    keepOut: (opened) => void (secrets = opened),
    ask: async <Q, T>(kind: string, request: Q) => take(kind, asJson(request)) as T,
    exchange: async (kind, request, _, again) => await again(take(kind, request)),
    look: <T>(kind: string, request: Json) => take(kind, request) as T,
    told: async <T>(kind: string, _: unknown, consume: () => Promise<Json>) => take(kind, await consume()) as T,
    async close() {
      if (!step || isWholeReplay(replaying)) return;
      // a run with live steps has a recording of its own, which holds the others too
      const own = recordings.of(call.workflow_id);
      for (const { exchange, answer } of all) {
        const file = exchange.kind === 'http' ? bodyFileOf(answer) : undefined;
        if (file !== undefined)
          await own.keepBody((await recording.streamBody(file)).body as AsyncIterable<Uint8Array>);
      }
      await own.writeStep(step);
    },
  };
}

async function readAll(step: RecordedStep | undefined, documents: TapeParts['documents']) {
  return await Promise.all(
    (step?.exchanges ?? []).map(async (exchange): Promise<Recorded & { request: Json; answer?: Json }> => {
      const { request, answer } = exchange;
      return {
        ...{ exchange, used: false, request: await documents.fromValue(request) },
        answer: answer && (await documents.fromValue(answer)),
      };
    }),
  );
}

/** Waits until a signal is aborted. @throws its reason */
async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

const replayError = (type: 'replay.miss' | 'replay.diverged', message: string): ToolError =>
  new ToolError({ class: 'permanent', type, message });
