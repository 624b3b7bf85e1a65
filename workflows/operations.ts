import { workflowInfo } from '@temporalio/workflow';
import type { Json } from '../schemas/json';
import type { OperationInput, OperationPage } from '../schemas/operations/run';
import { Run, type Carried, type Conclusion } from './engine/run';
import { completed, ended, progressed, started } from './operations/voice';
import { counted, progressOf, viewOf, type Progress } from './operations/progress';
import { planVoice } from '../core/engine/plan-voice';

/** Turns after which the run goes on as a new one, so that its history stays short. */
const TURNS = 100;

/** A dry run moves nothing, so it may look at more entries in one turn. */
const DRY_PAGE = 1_000;

/**
 * An operator's work on the platform: dead letters put back or thrown away, streams rebuilt. It works in turns of a
 * bounded number of entries, tells each in an event with a line for every entry, and can be paused, resumed and
 * cancelled. It can be repeated, killed and run twice at once: every entry has its turn once.
 */
export async function operations(input: OperationInput, carried?: Carried): Promise<Json> {
  const id = workflowInfo().workflowId;
  const run = new Run(
    {
      process: 'operations',
      subject: { kind: 'operation', id },
      correlationId: input.correlation_id,
      title: `${input.action} by ${input.by}${input.dry_run ? ' (dry run)' : ''}`,
      signals: input.options.approval_signals,
      patience: { expireAfter: 0 },
      mode: 'live',
      voice: planVoice(id),
      view: (self) => viewOf(id, input, progressOf(self)),
    },
    input,
    carried,
  );

  return await run.story(
    async (): Promise<Conclusion> => {
      await run.once('started', () => {
        run.speak(started(id, input));
        return true;
      });
      await run.cuttable(() => workOff(run, id, input));
      return completed(id, input, progressOf(run));
    },
    (error, by) => ended(id, input, progressOf(run), error, by),
  );
}

/** Turn after turn, until there is nothing left or the limit is reached. */
async function workOff(run: Run, id: string, input: OperationInput): Promise<void> {
  for (let turn = 1; ; turn++) {
    await run.unpaused();
    const before = await atRate(run, input, progressOf(run));
    const page = await takeTurn(run, id, input, before);
    const progress = counted(before, page, input);
    run.keep('progress', progress);
    if (page.lines.length > 0) run.speak(progressed(id, input, progress, page.lines));
    if (page.next === undefined || progress.counts.matched >= input.limit) return;
    if (turn >= TURNS) await run.continueAsNew();
  }
}

/** A turn of an action: it takes at most what limit, rate and page allow, and says where to go on. */
async function takeTurn(run: Run, id: string, input: OperationInput, progress: Progress): Promise<OperationPage> {
  switch (input.action) {
    case 'dlq.redrive':
    case 'dlq.discard':
      return await deadLetters(run, id, input, progress);
    case 'events.rebuild':
      return await rebuild(run, id, input, progress);
  }
}

async function deadLetters(run: Run, id: string, input: OperationInput, progress: Progress): Promise<OperationPage> {
  const { action, by, filter, dry_run, limit, rate_per_second, options } = input;
  const { counts, turn, position, sinceRest } = progress;
  const page = dry_run ? DRY_PAGE : Math.min(options.page_size, rate_per_second - sinceRest);
  const most = Math.min(page, limit - counts.matched);
  const found = await run.work.io('selectDeadLetters', { filter, most, position }, `entries ${counts.matched + 1} on`);
  const { ids, missing, next } = found;
  const about = { matched: ids.length, examples: ids, ...(next === undefined ? {} : { next }) };
  if (dry_run) return { ...about, lines: [] };

  const absent = missing.map((lost) => ({
    id: lost,
    outcome: 'skipped' as const,
    why: 'there is no such dead letter',
  }));
  if (ids.length === 0) return { ...about, lines: absent };
  const what = action === 'dlq.redrive' ? 'redrive' : 'discard';
  const move = { operation: id, page: turn, what, by, ids } as const;
  // apart: what a worker selects anew after its death would leave without a line what it has moved before
  const { lines } = await run.work.io('moveDeadLetters', move, `${what} ${ids.length} entries`);
  return { ...about, lines: [...lines, ...absent] };
}

/** Looks at the runs of a page and puts in what the stream lacks of them; each gets a line. */
async function rebuild(run: Run, id: string, input: OperationInput, progress: Progress): Promise<OperationPage> {
  const { dry_run, options } = input;
  const { position } = progress;
  const turn = { operation: id, most: options.page_size, dry_run, ...(position === undefined ? {} : { position }) };
  return await run.work.upkeep('rebuildPage', turn, `look at ${options.page_size} runs`);
}

/** Rests for a second after as many entries as a second may have, so that no second has more. */
async function atRate(run: Run, input: OperationInput, progress: Progress): Promise<Progress> {
  if (input.dry_run || progress.sinceRest < input.rate_per_second) return progress;
  await run.work.rest(1_000, `${input.rate_per_second} entries a second`);
  return { ...progress, sinceRest: 0 };
}
