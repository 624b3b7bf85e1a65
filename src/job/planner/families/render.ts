import { openEach } from '../draft/sources';
import type { Json, JsonObject } from '../../../../schemas/json';
import type { Draft } from '../draft/draft';
import { address } from '../draft/urls';
import type { Family, Clause } from '../family';
import type { Ref, Span } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { slug } from '../text/fold';
import { workspacePath } from '../draft/paths';
import { take } from './parts/take';
import { textOf } from '../grammar/slots';

/** Templates that are filled in. */
export const renderFamily: Family = {
  name: 'render',
  does: 'fills in a template',
  examples: [
    'render the template "Hello {{ name }}" with the context',
    'remplis le modèle modeles/lettre.md avec le contexte',
  ],
  heads: [
    'render',
    'render (it:pronoun|clitic:pronoun)',
    'render $template_file:template_path [open [the] file close]',
    'generate',
    '(use|with|based_on) [template] $template:template [(and|with) $thing:what] [comma] (render|generate|save)',
    '(save|generate) [file] [called] $path:path (from|with|based_on) [template] $template:template [and context]',
    'with $fields:context_fields (of|from|in) context [comma] (render|generate)',
    'save',
    'wish destination [file] [called] $path:path',
    '(save|send|insert|render|run) (it:into|them:into|clitic:into|$whole:what) (into|to|in|through) [template] $template:template',
    '(save|send|run) [clitic:into] (it:into|them:into) (into|to|in|through) [template] $template:template',
    'replace_file placeholders [in|of] $template:template',
  ],
  bare: [
    '[template] $template:template [must|ought] [be] render',
    '$subject:named per $thing:each [comma] (based_on|with|reading) [template] $template:template',
    '$subject:named per $thing:each [comma|colon] [text|data] $template:template [goes]',
    '$thing:each gives [$subject:named] (based_on|with|reading) [template] $template:template',
  ],
  slots: [
    '[of] [template] [called] $template:template',
    '[of] template [called] $text:template',
    '(with|from) $whole:what as $identifier:as',
    'template:last',
    'as [template] $template:template',
    '[comma|in] $format:format format_word',
    '[comma|in] format_word $format:format',
    'open [the] file close',
    '[colon] $template:template',
    '[of] template [(in|from|at|called)] [file] $template_file:template_path',
    '[of] $template_file:template_path template',
    '$subject:named [(from|with|based_on|reading)]',
    '[file] $path:path',
    'each $thing:each',
    'per $thing:each [comma|colon]',
    '[comma] each_of_them [goes] (to|in|as) [file] [called] $path:path',
    '(to|in|as) [file] [called] $path:path',
    '(with|by|from|for|to|based_on) $thing:what',
    '(with|from|by|based_on) context',
    '(with|from|by) context possessive $fields:context_fields',
    '[comma] (with|from|by) [column|value_word|data] $fields:context_fields [be] (replaced|given|taken_from) (from|in|of) context',
    '(text|everything|what) [that|of|from|given] [by|from|of] [template] $template:template [gives]',
    '[comma] [where] placeholders [$fields:context_fields] [be] replaced (with|by) [possessive] [value_word|data] [given] (in|of|from|by) context',
    '(with|from|by) [column|value_word|data] $fields:context_fields (of|from|in) context',
    '(with|from|by) [column|value_word|data] $fields:answer_fields (of|from|in) response',
    '(as|in) $format:format',
  ],
  needs: [['template', 'template_path', 'last', 'pronoun']],
  passive: true,
  plan(clause, draft) {
    const at: Span = [clause.start, clause.end];
    const { slots } = clause;
    // "render it as \"{{ name }}\"": what it is filled in with; "fill it with the context": the template
    const isData = (slots['pronoun'] === true || slots['into'] === true) && slots['template'] !== undefined;
    if (isData && slots['what'] !== undefined)
      throw new Refusal(at, 'it is not clear what the template is filled in with');
    // "write \"Hello {{ name }}\" to a.txt": a text as it stands, unless something says what fills it
    const isFilledIn = ['what', 'context_fields', 'answer_fields'].some((name) => slots[name] !== undefined);
    const isNamedSo = draft.input.tokens
      .slice(...at)
      .some((_, index) => draft.input.is(at[0] + index, 'template', 'gives', 'context'));
    if (draft.input.is(at[0], 'save') && !isData && !isFilledIn && !isNamedSo)
      throw new Baseless(at, 'it is not clear whether this text is to be filled in: say with what');
    const what = isData ? ({ kind: 'current', many: true, at } satisfies Ref) : (slots['what'] as Ref | undefined);
    const named = slots['named'] === undefined ? '' : textOf(slots['named']);
    if (named !== '') draft.note(`"${named}" is what the text is called.`);
    if (slots['each'] !== undefined) {
      if (what !== undefined) throw new Refusal(at, 'it is not clear what the template is filled in with');
      if (slots['path'] !== undefined && !textOf(slots['path']).includes('{'))
        throw new Refusal(at, 'each text needs a file of its own: name it by a field, such as letters/{id}.md');
      openEach(draft, slots['each'] as Ref, clause);
    }
    const read = slots['pronoun'] === true && !isData ? draft.made.findLast(({ consumed }) => !consumed) : undefined;
    const isRead = read?.form === 'text' && read.step !== undefined && slots['template_path'] === undefined;
    if (read && isRead) read.used = read.consumed = true;
    const text =
      read && isRead
        ? draft.template(read)
        : slots['template'] === undefined
          ? readTemplate(draft, textOf(slots['template_path'] ?? lastPath(draft, at)), at)
          : draft.literal(textOf(slots['template']));
    const isFilled = what !== undefined || (hasNoContext(draft) && draft.made.length > 0 && !draft.each);
    const made = isFilled ? draft.data(take(draft, what, clause)) : undefined;
    const values: Json = made
      ? slots['as'] !== undefined
        ? { [textOf(slots['as'])]: draft.template(made) }
        : made.root !== undefined
          ? draft.template(made)
          : made.answer === true && !text.includes('#each')
            ? draft.template(made)
            : {
                items: draft.template(made),
                ...listNames(text, draft.template(made)),
                [slug(made.labels[0] ?? '') || 'data']: draft.template(made),
              }
      : draft.each
        ? '${{ item }}'
        : '${{ input }}';
    // "with the name and the amount of the context": the template names them too
    void slots['context_fields'];
    void slots['answer_fields'];
    if (made) made.used = true;
    const format = slots['format'] === 'html' || slots['format'] === 'markdown' ? { format: slots['format'] } : {};
    const path = slots['path'] === undefined ? undefined : workspacePath(address(draft, textOf(slots['path']), at), at);
    const step = draft.add('render', {
      uses: 'render.template',
      with: { template: text, values, ...format, ...(path === undefined ? {} : { save_as: path }) },
    });
    if (slots['each'] !== undefined) draft.each = undefined;
    const form = slots['each'] === undefined ? 'text' : 'data';
    draft.make({
      labels: ['text', ...namedIn(slots), 'letter', 'wording', 'texte', 'lettre', 'courrier', 'message', 'rendered'],
      form,
      step,
      path: 'text',
      used: path !== undefined,
    });
    draft.results.set(step, { step, path: path === undefined ? 'text' : 'path' });
  },
};

/** The lists that a template goes through, under the names that it has for them. */
function listNames(template: string, rows: string): JsonObject {
  const named = [...template.matchAll(/#each (\w+)/g)].map(([, name = '']) => name);
  return Object.fromEntries((named.length === 1 ? named : []).map((name) => [name, rows]));
}

/** The file that the goal has read last: "fill this template". */
function lastPath(draft: Draft, at: Span): string {
  const path = draft.made.findLast(({ file }) => file?.path !== undefined)?.file?.path;
  if (path === undefined) throw new Refusal(at, 'say which template: its text in quotes, or its file');
  return path;
}

const hasNoContext = ({ context }: Draft): boolean => Object.keys((context ?? {}) as object).length === 0;

/** What the text is called where it is made: "a reminder". */
const namedIn = ({ named }: Clause['slots']): string[] => (named === undefined ? [] : [textOf(named)]);

function readTemplate(draft: Draft, path: string, at: Span): string {
  const step = draft.add('read_template', { uses: 'file.read', with: { path: workspacePath(path, at), as: 'text' } });
  return `\${{ steps.${step}.output.content }}`;
}

/** The name that a value is kept under. */
const UNDER =
  '[(in|to|at) memory:memory] (as|called|under|under_name:remembering) [name|called] ($slot_name:name|$text:name|$table_name:name)';

/** Values that a job keeps for later. */
export const rememberFamily: Family = {
  name: 'remember',
  does: 'keeps a value in the memory of the job',
  examples: ['remember the total as last_total', 'mémorise le résultat sous le nom dernier'],
  heads: [
    'remember:remembering',
    'save',
    'insert',
    'keep',
    'keep:kept [$thing:what] as $slot_name:name',
    ...['remember:remembering', 'save', 'keep', 'insert'].flatMap((verb) => [
      `${verb} $whole:what ${UNDER}`,
      `${verb} [value_word] [of] column $field:field [(of|in|from) $whole:what] ${UNDER}`,
    ]),
  ],
  slots: [
    '[of] $thing:what',
    '[value_word] [of] column $field:field [(of|in|from) $whole:what]',
    'value_word of [column] $field:field [(of|in|from) $whole:what]',
    '[value_word] ($number:value|$text:value)',
    'under_name:remembering $slot_name:name',
    'for_later',
    '(as|called|under) [name|called] $table_name:name',
    '(as|called) $slot_name:name',
    '(in|to) memory:memory [(as|called|under|under_name) $table_name:name]',
    '(in|to|as) memory:memory [data] [(as|called|under|under_name)] $table_name:name',
  ],
  needs: [['name'], ['remembering', 'memory', 'kept']],
  passive: true,
  plan(clause, draft) {
    const name = textOf(clause.slots['name']);
    const { value } = clause.slots;
    if (value !== undefined && clause.slots['what'] !== undefined)
      throw new Refusal(draft.span, 'two values are to be kept under one name: which one is it?');
    if (value === undefined) {
      const made = draft.data(take(draft, clause.slots['what'] as Ref | undefined, clause));
      made.used = true;
      const { field } = clause.slots;
      // "the field version of the answer": of an object, not of rows
      if (field !== undefined && made.form !== 'data')
        throw new Refusal(draft.span, `this has no field "${textOf(field)}"`);
      const below = field === undefined ? '' : textOf(field);
      draft.add(`remember_${name}`, { uses: 'memory.set', with: { name, value: draft.template(made, below) } });
    } else {
      const kept = typeof value === 'number' ? value : draft.literal(textOf(value));
      draft.add(`remember_${name}`, { uses: 'memory.set', with: { name, value: kept } });
    }
  },
};
