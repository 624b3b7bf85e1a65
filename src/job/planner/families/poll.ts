import { parseDuration } from '../../../../core/plan/duration';
import { MOST_ROUNDS } from '../../../../schemas/plan';
import { fetchUrl } from '../draft/urls';
import type { Draft } from '../draft/draft';
import type { Made } from '../draft/made';
import type { Clause, Family } from '../family';
import { placeOf, type Condition, type Conditions, type Ref, type Source, type Span } from '../reading';
import { Refusal } from '../refusal';
import { inDatabase } from './fetch';
import { listFilesFamily } from './files';
import { AUTH_SLOTS, headersOf } from './parts/auth';
import { takeRows } from './parts/take';
import { comparisonOf, conditionOf, type Tested } from './parts/tests';
import { textOf } from '../grammar/slots';
import { opposite } from '../values/conditions';
import { placeIn } from '../values/tests';

const EVERY = '10s';

/** Asking an address again and again, until its answer is as it should be. */
export const pollFamily: Family = {
  name: 'poll',
  does: 'asks an address again and again until its answer is as it should be',
  examples: [
    'poll https://api.example.com/jobs/7 every 10 seconds until status is done',
    "interroge https://api.example.com/x toutes les 5 secondes jusqu'à ce que state soit ready",
  ],
  heads: [
    'poll:going_on',
    'fetch',
    'call',
    'look',
    'wait:going_on [for|until]',
    '(wait:going_on|poll:going_on|look) [for|until|that] $source:source (gives|has|be) [that] ($tests:until|$state:until)',
    '(wait:going_on|poll:going_on|look) [for|until|that] $placed_tests:until',
    '$frequency:every [comma] (poll|fetch|call|look|list|query|run) [colon]',
    'poll:going_on colon',
    '(after|if|when_seen) $placed_tests:until [comma] $frequency:every',
    '(until:going_on|stop_when:going_on) $placed_tests:until [comma] (poll|fetch|call|look|query)',
    'until_not:going_on $placed_tests:unless [comma] (poll|fetch|call|look|query)',
    'list',
    'query',
    'run',
    'wait:going_on [for|until|that|until_that] [any] $fileset:files [be|that] appears:any',
    'wait:going_on [for] [any] $fileset:files',
    '(wait:going_on|poll:going_on|look) [for|until|that|until_that] [there_is|has] (any:any|$amount:size) [file] [be|that] [found|appears] [in] $fileset:files [be|that] [found|appears]',
    '(wait:going_on|poll:going_on|look|after|if|when_seen) [for|until|that|until_that] $fileset:files [be] (filled_list:any|not [be] [not|no_more] empty_list:any|be (not|no_more) empty_list:any)',
    'until_not:going_on $fileset:files be empty_list:any',
    '(after|if) $source:source [gives] ($tests:until|$state:until) [comma] [open] (poll|look|fetch) [it] every $duration:every [close]',
    'until_not:going_on [for] $source:source $negated:until',
    'until_not:going_on [for] $source:source $tests:unless',
    '(after|if) $source:source [gives] $tests:until open poll every $duration:every',
    '(after|if) $source:source [gives] $state:until open poll every $duration:every',
  ],
  slots: [
    '[comma] $frequency:every',
    '(in|on|from) database [called] $identifier:database',
    '[in] $fileset:files',
    'within [folder] [called] $folder_name:folder',
    '[comma] until:going_on [has|gives] [the] [single] [status] $number:status [status]',
    '[comma] until:going_on [has|there_is] (none:none|any:any|one_alone:any) [data|noun|ones|single] (whose|that) $conditions:while',
    '[comma] until:going_on [it|she|them|response] [has|there_is|gives|contains|counts] (none:none|any:any|one_alone:any|$comparison:size) [data|noun|ones|file|them|one_alone] [be] [found|remaining|appears]',
    '[comma] until:going_on [it|she|them|response|$fileset:aside] [be] (filled_list:any|not [be] [not] [no_more] empty_list:any)',
    '[comma] until:going_on (counting|number) [of] [data|noun|ones|file] $comparison:size',
    '[comma] (until:going_on|stop_when:going_on|after|when_seen) none_left:none',
    '[comma] until:going_on $tests:until no_more',
    'open [single] $number:tolerated $remark:told close',
    '[comma|open] [poll|look|fetch] [every] $duration:every [light] [enough] [close]',
    '[comma|open] every $duration:every [enough] [close] [comma] [and] when_seen ($tests:until|$state:until)',
    'until:going_on [it] (gives|has) $state:until',
    '[comma] at_most $number:rounds times [close]',
    '[of] $thing:what',
    '(at|from) $source:source',
    'until:going_on $tests:until',
    'at_most $number:rounds times',
    'at_most $duration:within',
    '[for] $duration:within at_most',
    '[comma|open] [at_most] $number:rounds times [at_most] [close]',
    '$number:rounds times at_most',
    ...AUTH_SLOTS,
  ],
  tails: [
    '[comma] $frequency:every [comma] [and] stop_when ($tests:until|$state:until)',
    '[comma] [and] (stop_when:going_on|until:going_on) ($tests:until|$state:until)',
    '[comma] until_not:going_on [the] [any] [data|noun] (has|be|there_is|whose|that|gives) $conditions:while',
    '[comma] until_not:going_on ($tests:unless|$negated:until)',
    '[comma|open] (poll|look) [it|there] every $duration:every [comma] [[for] $duration:within at_most|at_most $number:rounds times|$number:rounds times at_most|at_most $duration:within] [close]',
    '[comma] $frequency:every',
    'open [poll|look|fetch] [every] $duration:every [light] [enough] close',
  ],
  across: [
    '[poll|look|fetch] [it|them] $frequency:every',
    '(stop_when:going_on|when_seen|after) $tests:until [comma] [it_is_fine]',
    '(stop_when:going_on|when_seen|after) (none_left:none|[there_is] (none:none|any:any|$amount:size) [data|noun|ones|file|them] [found|remaining]|there_is $comparison:size [data|noun|ones|file|them] [found|remaining]) [comma] [it_is_fine]',
    'until:going_on $tests:until',
  ],
  needs: [
    ['until', 'unless', 'none', 'any', 'size', 'status', 'while'],
    ['what', 'source', 'files', 'until', 'unless'],
    ['going_on', 'every', 'rounds', 'within', 'tolerated'],
  ],
  plan(clause, draft) {
    const { slots, start, end } = clause;
    const at: Span = [start, end];
    const before = draft.steps.leaves();
    const made = asked(draft, clause);
    const step = draft.steps.get(made.step ?? '');
    if (!step) return;
    // it is asked for what was begun before
    for (const { id } of before) draft.steps.order(step, id);
    const every = textOf(slots['every'] ?? EVERY);
    if (slots['every'] === undefined) draft.note(`It is asked every ${EVERY}, since no pause was named.`);
    const within =
      slots['within'] === undefined
        ? undefined
        : Math.ceil((parseDuration(slots['within']) ?? 0) / (parseDuration(every) ?? 1));
    const rounds = within ?? (slots['rounds'] === undefined ? MOST_ROUNDS : Number(slots['rounds']));
    if (rounds < 1 || rounds > MOST_ROUNDS)
      throw new Refusal(
        at,
        `it can be asked ${MOST_ROUNDS} times at most, and this would be ${rounds} times: ask less often`,
      );
    if (within === undefined && slots['rounds'] === undefined)
      draft.note(`It is asked ${MOST_ROUNDS} times at most, since no end was named.`);
    const ok = endOf(draft, clause, made);
    made.used = true;
    draft.gates.push(step.id);
    step.until = {
      check: 'check.that',
      with: { ok: `\${{ ${ok} }}` },
      every,
      rounds,
      otherwise: 'fail',
    };
  },
};

/** What is asked: an address, the rows of a table, the files of a folder. */
function asked(draft: Draft, clause: Clause): Made {
  const { slots, start, end } = clause;
  const ref = slots['what'] as Ref | undefined;
  if (slots['files'] !== undefined) {
    if (ref !== undefined || slots['source'] !== undefined) throw new Refusal([start, end], 'say which of them to ask');
    listFilesFamily.plan({ ...clause, slots: { set: slots['files'], folder: slots['folder'] } }, draft);
    return draft.made.at(-1) as Made;
  }
  const tests = (slots['until'] ?? slots['unless'] ?? []) as Tested[];
  const source =
    (slots['source'] as Source | undefined) ??
    (ref?.kind === 'thing' ? ref.source : undefined) ??
    tests.map(({ about }) => placeIn(about)).find((place) => place !== undefined);
  const rows = slots['while'] as Conditions[] | undefined;
  if (source?.type === 'table') {
    const whole = inDatabase(draft, ref?.kind === 'thing' ? ref : placeOf(source, [start, end]), slots['database']);
    const place = whole?.kind === 'thing' && whole.source === undefined ? { ...whole, source } : whole;
    return takeRows(draft, place, { ...clause, slots: rows === undefined ? {} : { where: rows } });
  }
  if (source?.type !== 'url' || rows !== undefined) throw new Refusal([start, end], 'say which address to ask');
  const label = ref?.kind === 'thing' ? ref.label : '';
  return fetchUrl(draft, source, label, [start, end], headersOf(clause, draft, source.url));
}

/** The condition under which it is asked no more. */
function endOf(draft: Draft, clause: Clause, made: Made): string {
  const { slots } = clause;
  const step = draft.steps.get(made.step ?? '');
  const tolerated = slots['tolerated'] === undefined ? undefined : Number(slots['tolerated']);
  if (slots['status'] !== undefined || tolerated !== undefined) {
    const wanted = Number(slots['status']);
    if (step?.uses !== 'http.request' || !(wanted >= 100 && wanted < 600))
      throw new Refusal(draft.span, 'say which field of the answer says so, such as "until status is done"');
    step.with = { ...step.with, expect: ['2xx', '3xx', '4xx', '5xx'] };
    return `steps.${step.id}.output.status == ${wanted}`;
  }
  if (step?.uses === 'sql.query' || step?.uses === 'file.list') {
    const count = `steps.${step.id}.output.${step.uses === 'sql.query' ? 'row_count' : 'count'}`;
    const size = slots['size'] as Pick<Condition, 'op' | 'value'>[] | undefined;
    if (size !== undefined) return sizeTest(count, size);
    if (slots['any'] === true) return `${count} > 0`;
    if (slots['none'] === true || slots['while'] !== undefined) return `${count} == 0`;
  } else if (slots['none'] === true || slots['any'] === true) {
    return `size(${draft.expression(made)}) ${slots['none'] === true ? '==' : '>'} 0`;
  } else if (slots['size'] !== undefined)
    return sizeTest(`size(${draft.expression(made)})`, slots['size'] as Pick<Condition, 'op' | 'value'>[]);
  const tests = (slots['until'] ?? slots['unless']) as Tested[] | undefined;
  if (tests === undefined) throw new Refusal(draft.span, 'say until when it is to be asked');
  const isUntil = slots['unless'] === undefined;
  const reached = tests.map(({ about, comparison }) => ({ about: unplaced(about), comparison }));
  const ends = isUntil ? reached : opposed(reached);
  const ok = (ends ?? reached).map((test) => conditionOf(draft, test, clause, made)).join(' && ');
  return isUntil || ends !== undefined ? ok : `!(${ok})`;
}

/** What a test is about, in the answer of the address that is asked. */
const unplaced = (about: Ref): Ref =>
  about.kind === 'thing' && placeIn(about)?.type === 'url' ? { ...about, source: undefined, within: undefined } : about;

/** The test that holds where this one does not; undefined where no single comparison says so. */
function opposed([test, ...more]: readonly Tested[]): Tested[] | undefined {
  const [one, ...others] = test?.comparison ?? [];
  const other = one === undefined ? undefined : opposite({ ...one, at: [0, 1] });
  if (test === undefined || other === undefined || more.length + others.length > 0) return undefined;
  return [{ about: test.about, comparison: [other] }];
}

/** Operators that a number of things may be compared by. */
const SIZES: ReadonlySet<string> = new Set(['eq', 'ge', 'gt', 'le', 'lt']);

/** "at least 3": how many there are. @throws Refusal for what is no number */
function sizeTest(count: string, size: readonly Pick<Condition, 'op' | 'value'>[]): string {
  return size
    .map(({ op, value }) => {
      if (!SIZES.has(op) || typeof value !== 'number') throw new Refusal([0, 1], 'say how many there have to be');
      return comparisonOf(count, op, value);
    })
    .join(' && ');
}
