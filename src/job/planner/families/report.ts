import type { Json } from '../../../../schemas/json';
import type { Draft } from '../draft/draft';
import type { Family, Clause } from '../family';
import type { Ref, Source, Span, Word } from '../reading';
import { formatOf } from '../draft/made';
import { Baseless, Refusal } from '../refusal';
import { slug } from '../text/fold';
import { workspacePath } from '../draft/paths';
import { take } from './parts/take';
import { textOf } from '../grammar/slots';

/** A report as it was asked for: its kind, and the words around it. */
export interface Asked {
  kind: 'checklist' | 'summary' | 'table';
  title: string;
  words: Word[];
  at: Span;
}

const TOOLS = { checklist: 'report.checklist', summary: 'report.summary', table: 'report.table' };

/** Checklists, summaries and tables, made of the context or of what was made before. */
export const reportFamily: Family = {
  name: 'report',
  does: 'makes checklists, summaries and tables in Markdown',
  examples: [
    'Generate an implementation checklist and artifact summary',
    'produis un résumé des commandes',
    'summarise the orders',
  ],
  heads: [
    'generate [clitic_of]',
    'save',
    'fetch',
    'summarise:summarise [$thing:what] [(in|as|into) report]',
    'tabulate:tabulate [$thing:what] [(in|as|to) markdown]',
    '(generate|save) [file] [called] $path:path [comma|colon] [holding]',
    '(wish|save) destination [file] [called] $path:path [comma]',
    'wish $path:path [comma|colon]',
    '(render|save|generate|convert) (as|into) $reports:reports [comma] [titled ($text:title|$label_text:title)] [comma] [of] $sourced:what',
    '(render|save|generate|convert) $thing:what (as|into) $reports:reports',
  ],
  slots: [
    '[of] $reports:reports',
    '(summarising:summary) [of] $thing:what',
    '[comma|open] (with|under|as|by) ($text:title|$label_text:title) (as|for|in) title [close]',
    '[comma|open] [called|titled] ($text:title|$label_text:title) [as|for|in] title [close]',
    '[comma|open] [with|that has|has|whose|in|holding] [for] column [be|colon] $columns:columns [close]',
    '[comma|open] (whose|with|of) column be $fields:columns [close]',
    '(to|with|of|in) $number:aside column [colon|open|comma] $columns:columns [close]',
    '[comma] (holding|of|for|with|inside_it) $columns:columns [as|in] [column]',
    'open [markdown] [comma] [column] [colon] $columns:columns close',
    '[comma|colon] [(called|with|titled)] [title] $text:title',
    '[comma|open] titled $label_text:title',
    '(of|from_only|on|over|about|based_on) $sourced:what',
    'open [with|the] column [be|colon] $fields:columns close',
    'open markdown close',
    '(for|about) $subject:subject',
    '(for|about|of) $topic:subject',
    '(of|from_only|for|on|over|with|about|based_on) $thing:what',
    '(from|of|on|with|based_on) [context] context:context',
    '(to|in|as|at|called) [file] [called] $path:path',
    '(as|in) markdown',
    '[must|ought] [be] (generate|save|goes)',
    '(with|of|for) [only] column $fields:columns',
    '(in|to) (french:french|english:english)',
    '[comma|open] title [colon|equals|be] $text:title [close]',
    '[comma|open] title [colon|equals|be] $label_text:title [close]',
    'with title $label_text:title',
    'file colon $path:path',
    '(called|titled) $label_text:title',
    '$text:title',
    '[file] $text_path:path',
  ],
  bare: ['[as] $reports:reports'],
  tails: [
    'based_on $thing:what',
    'based_on context:context',
    '[comma] points (be|colon) $thing:what',
    'comma [with|the] column [colon] $columns:columns',
    '[comma] column [colon] $columns:columns [comma] file [called] $text_path:path',
    'comma file [called|colon] $text_path:path',
  ],
  continues: ['(as|in) $reports:reports', '$reports:reports (to|in|as|at|called) [file] [called] $path:path'],
  needs: [['reports', 'summarise', 'tabulate']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at: Span = [clause.start, clause.end];
    // "summarise x in a report": the report is the summary
    const isSummary =
      slots['summarise'] === true || slots['summary'] === true || draft.input.is(clause.start, 'summarise');
    const isTable = slots['tabulate'] === true;
    const reports = ((slots['reports'] as Asked[] | undefined) ?? []).map((one) =>
      isSummary && one.kind === 'table' && !/tab/i.test(one.title) ? { ...one, kind: 'summary' as const } : one,
    );
    // "report on x: a summary": its kind stands behind it
    if (reports.length === 2 && /^(report|rapport)$/i.test(reports[0]?.title ?? '')) reports.shift();
    if (reports.length === 0 && isTable) reports.push({ kind: 'table', title: 'Table', words: [], at });
    if (reports.length === 0)
      reports.push({ kind: 'summary', title: draft.input.language === 'fr' ? 'Résumé' : 'Summary', words: [], at });
    if (reports.length === 1 && reports[0] && isSaid(draft, clause, reports[0])) return;
    // "récupère l'état sur https://…": what is read, and no report
    const isRead = draft.input.is(clause.start, 'fetch') && (slots['what'] as Ref | undefined)?.kind === 'thing';
    if (isRead && /^[ÉE]tat$/.test(reports[0]?.title ?? '') && slots['title'] === undefined)
      throw new Baseless(at, 'it is not clear what is to be made of this');
    const target = targetIn(draft, slots);
    const given = slots['path'] ?? target;
    const path = given === undefined ? undefined : workspacePath(textOf(given), at);
    if (/^(json|csv|xlsx)$/.test(formatOf(path ?? '') ?? ''))
      throw new Baseless(at, `a report is a text, which ${path} is not: name a file such as report.md`);
    if (path !== undefined && reports.length > 1)
      throw new Refusal(at, 'several reports do not go into one file: name one for each');
    if (path !== undefined && savedSince(draft, clause, reports[0], path)) return;
    const about = target === undefined ? clause : { ...clause, slots: { ...slots, what: undefined } };
    for (const report of reports) write(draft, about, report, path);
  },
};

/** "put them in x.md as a table": what was made just before, and what is said of it besides. */
function isSaid(draft: Draft, clause: Clause, { kind, title }: Asked): boolean {
  const { slots, lead } = clause;
  const names = Object.keys(slots).filter((name) => slots[name] !== undefined);
  const last = draft.steps.all.at(-1);
  const isWritten = last?.uses === TOOLS.table && last.with?.['save_as'] !== undefined && lead.kind === 'none';
  if (isWritten && kind === 'table' && names.every((name) => ['reports', 'columns', 'title'].includes(name))) {
    if (slots['columns'] !== undefined) last.with = { ...last.with, columns: slots['columns'] as string[] };
    if (slots['title'] !== undefined) last.with = { ...last.with, title: draft.literal(textOf(slots['title'])) };
    return true;
  }
  // "write them to x.md as a checklist"
  if (isWritten && last.with?.['title'] === undefined && names.every((name) => ['reports', 'title'].includes(name))) {
    const { items = '', columns: _, ...rest } = last.with ?? {};
    const isFrench = draft.input.language === 'fr';
    last.uses = TOOLS[kind];
    last.with = {
      ...rest,
      title: draft.literal(textOf(slots['title'] ?? title)),
      context: items,
      ...(isFrench ? { language: 'fr' } : {}),
    };
    return true;
  }
  const before = draft.made.findLast(({ form, labels, used }) => form === 'text' && labels[0] === kind && !used);
  if (before === undefined || before.step !== last?.id || names.join() !== 'reports') return false;
  throw new Refusal(draft.span, `it is not clear whether a second ${kind} is wanted`);
}

/** "…, and save the summary as x.md": the report that was made before it; true where there is such a one. */
function savedSince(draft: Draft, { slots, start }: Clause, report: Asked | undefined, path: string): boolean {
  const isSaved = draft.input.is(start, 'save') || draft.input.is(start, 'goes');
  const isOpen = Object.keys(slots).every((name) => ['reports', 'path', 'title', 'what'].includes(name));
  const made = draft.made.findLast(({ form, used, labels }) => form === 'text' && !used && labels.includes('report'));
  const step = draft.steps.all.at(-1);
  if (!isSaved || !isOpen || made?.step !== step?.id || step?.with === undefined || report === undefined) return false;
  const isSame = step.uses === TOOLS[report.kind] || /^(report|rapport)$/i.test(report.title);
  if (!isSame || (slots['what'] as Ref | undefined)?.kind === 'thing') return false;
  if (slots['title'] !== undefined) step.with['title'] = draft.literal(textOf(slots['title']));
  step.with['save_as'] = path;
  if (made) made.used = true;
  draft.results.set(step.id, { step: step.id, path: 'path' });
  return true;
}

/** "a table in orders.md": a text file that nobody has written is where it goes, not what it is about. */
function targetIn(draft: Draft, slots: Clause['slots']): string | undefined {
  const what = slots['what'] as Ref | undefined;
  if (what?.kind !== 'thing' || what.source?.type !== 'path' || slots['path'] !== undefined) return undefined;
  const { path } = what.source;
  const isTarget = /\.(md|markdown|txt)$/i.test(path);
  const at = what.words.length === 0 ? what.at[0] : what.at[1] - 1;
  const isIn = draft.input.is(at - 1, 'to', 'destination') && !draft.input.is(at - 1, 'of');
  return isTarget && isIn && !draft.made.some(({ file }) => file?.path === path) ? path : undefined;
}

function write(draft: Draft, clause: Clause, { kind, title: name, words, at }: Asked, path: string | undefined): void {
  const title = textOf(clause.slots['title'] ?? draft.takeTitle());
  const slots: Clause['slots'] = { ...clause.slots, ...(title === '' ? {} : { title }) };
  const of = aboutOf(draft, slots['what'] as Ref | undefined);
  const isSubject = of?.kind === 'thing' && of.source === undefined && isContext(draft, of);
  const about = [
    ...(slots['subject'] === undefined ? [] : [textOf(slots['subject'])]),
    ...(isSubject ? [of.label] : []),
  ];
  const subject = [...words.map(({ text }) => text), ...about].join(' ');
  const made = of !== undefined && !isSubject ? draft.data(take(draft, of, clause)) : lastData(draft, clause);
  if (!made && Object.keys(draft.context ?? {}).length === 0)
    throw new Baseless(at, 'the context is empty, and nothing has been fetched or made up to here');
  const isFrench =
    slots['french'] === true ||
    words.some(({ token }) => draft.input.is(token, 'french')) ||
    (draft.input.language === 'fr' && slots['english'] !== true);
  if (made) made.used = true;
  const context: Json = made ? draft.template(made) : '${{ input }}';
  if (kind === 'table') {
    if (!made) throw new Refusal(at, 'say of which rows the table is to be made');
    const step = draft.add('table', {
      uses: TOOLS.table,
      with: {
        title: draft.literal(textOf(slots['title'] ?? name)),
        items: context,
        columns: (slots['columns'] as string[] | undefined) ?? draft.columnsOf(made.step),
        ...(path === undefined ? {} : { save_as: path }),
      },
    });
    finish(draft, step, 'table', path);
    return;
  }
  const step = draft.add(slug(name) || kind, {
    uses: TOOLS[kind],
    with: {
      title: draft.literal(
        textOf(slots['title'] ?? (kind === 'summary' && about.length > 0 ? `${name}: ${about.join(', ')}` : name)),
      ),
      ...(kind === 'checklist' && subject !== '' ? { subject: draft.literal(subject) } : {}),
      context,
      ...(isFrench ? { language: 'fr' } : slots['english'] === true ? { language: 'en' } : {}),
      ...(path === undefined ? {} : { save_as: path }),
    },
  });
  if (made) made.used = true;
  finish(draft, step, kind, path);
}

/** "the release in the context", where the context has no release: the words are what the report is about. */
function aboutOf(draft: Draft, ref: Ref | undefined): Ref | undefined {
  const name = ref?.kind === 'thing' && ref.source?.type === 'context' ? ref.source.name : undefined;
  if (ref?.kind !== 'thing' || name === undefined || draft.hasInContext(name)) return ref;
  if (ref.words.length > 1 && draft.contextKey(ref.words.at(-1)?.text ?? '') !== undefined) return ref;
  return { ...ref, source: undefined };
}

const isContext = (draft: Draft, ref: Ref & { kind: 'thing'; source?: Source }): boolean =>
  !draft.made.some(({ consumed }) => !consumed) && draft.contextKey(ref.label) === undefined;

/** What was made before in the goal; without it a report is of the context. */
function lastData(draft: Draft, clause: Clause) {
  if (clause.slots['context'] === true || draft.made.every(({ form }) => form === 'text')) return undefined;
  return draft.data(draft.current([clause.start, clause.end]));
}

function finish(draft: Draft, step: string, kind: string, path: string | undefined): void {
  draft.make({
    labels: [kind, 'report', 'rapport', 'text', 'texte', 'document'],
    form: 'text',
    step,
    path: 'markdown',
    used: path !== undefined,
  });
  if (path !== undefined)
    draft.make({
      labels: ['file', kind],
      form: 'file',
      step,
      path: 'path',
      file: { path, format: 'text' },
      used: true,
    });
  draft.results.set(step, { step, path: path === undefined ? 'markdown' : 'path' });
}
