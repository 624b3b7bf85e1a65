import { parseDuration } from '../../../../core/plan/duration';
import { MOST_ROUNDS } from '../../../../schemas/plan';
import { fetchUrl } from '../draft/urls';
import type { Family } from '../family';
import type { Ref, Source, Span } from '../reading';
import { Refusal } from '../refusal';
import { AUTH_SLOTS, headersOf } from './parts/auth';
import { conditionOf, type Tested } from './parts/tests';
import { textOf } from '../grammar/slots';

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
    'poll',
    'fetch',
    'call',
    'look',
    'wait [for|until]',
    '(wait|poll|look) [for|until|that] $source:source (gives|has|be) [that] ($tests:until|$state:until)',
    'every $duration:every [comma] (poll|fetch|call|look)',
    '(after|if) $source:source [gives] ($tests:until|$state:until) [comma] [open] (poll|look|fetch) [it] every $duration:every [close]',
    'until_not [for] $source:source $negated:until',
    'until_not [for] $source:source $tests:unless',
    '(after|if) $source:source [gives] $tests:until open poll every $duration:every',
    '(after|if) $source:source [gives] $state:until open poll every $duration:every',
  ],
  slots: [
    'again every $duration:every',
    '[at|in|with] $duration:every interval',
    '[comma|open] [poll|look|fetch] [every] $duration:every [light] [enough] [close]',
    '[comma|open] [poll|look] every $duration:every [enough] [close]',
    '[comma|open] every $duration:every [enough] [close] [comma] [and] when_seen ($tests:until|$state:until)',
    'until [it] (gives|has) $state:until',
    '[comma] at_most $number:rounds times [close]',
    '[of] $thing:what',
    '(at|from) $source:source',
    'until $tests:until',
    'every $duration:every [enough]',
    'at_most $number:rounds times',
    'at_most $duration:within',
    '[for] $duration:within at_most',
    '[comma|open] [at_most] $number:rounds times [at_most] [close]',
    '[comma|open] (poll|look) [it|there] every $duration:every',
    '$number:rounds times at_most',
    ...AUTH_SLOTS,
  ],
  tails: [
    '[comma|open] (poll|look) [it|there] every $duration:every [comma] [[for] $duration:within at_most|at_most $number:rounds times|$number:rounds times at_most|at_most $duration:within] [close]',
    'open [poll|look|fetch] [every] $duration:every [light] [enough] close',
    'open [poll|look|fetch] every $duration:every [light] [enough] close',
  ],
  needs: [
    ['until', 'unless'],
    ['what', 'source'],
  ],
  plan(clause, draft) {
    const { slots, start, end } = clause;
    const at: Span = [start, end];
    const ref = slots['what'] as Ref | undefined;
    const source = (slots['source'] as Source | undefined) ?? (ref?.kind === 'thing' ? ref.source : undefined);
    if (source?.type !== 'url') throw new Refusal(at, 'say which address to ask');
    const before = draft.steps.leaves();
    const made = fetchUrl(
      draft,
      source,
      ref?.kind === 'thing' ? ref.label : '',
      at,
      headersOf(clause, draft, source.url),
    );
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
    const ok = ((slots['until'] ?? slots['unless']) as Tested[])
      .map((test) => conditionOf(draft, test, clause, made))
      .join(' && ');
    made.used = true;
    draft.gates.push(step.id);
    step.until = {
      check: 'check.that',
      with: { ok: `\${{ ${slots['unless'] === undefined ? ok : `!(${ok})`} }}` },
      every,
      rounds,
      otherwise: 'fail',
    };
  },
};
