import type { Json } from '../../../../schemas/json';
import type { Draft } from '../draft/draft';
import { formatOf, type Made } from '../draft/made';
import { address } from '../draft/urls';
import type { Family, Clause } from '../family';
import type { Format, Ref, Source } from '../reading';
import { Refusal } from '../refusal';
import { slug } from '../text/fold';
import { fetchFamily } from './fetch';
import { isForFiles, moveFilesFamily } from './move-files';
import { literalOf } from './parts/body';
import { planNoSaving } from './parts/no-saving';
import { takeRows } from './parts/take';
import { modeOf, save, saveTo } from './parts/write';
import { workspacePath } from '../draft/paths';
import { textOf } from '../grammar/slots';
import { WHERE_SLOTS } from './parts/rows';

/** The file that "it" is, where all that was made has been saved: "copy it to archive/x.txt". */
function savedBefore(draft: Draft, ref: Ref | undefined): string | undefined {
  if (ref?.kind !== 'current' || draft.made.some(({ consumed, used }) => !consumed && !used)) return undefined;
  const last = draft.made.at(-1);
  const path = last?.step === undefined ? undefined : draft.steps.get(last.step)?.with?.['save_as'];
  return last?.file?.path ?? (typeof path === 'string' ? path : undefined);
}

const EXTENSIONS: { [format in Format]: string } = {
  binary: 'bin',
  json: 'json',
  csv: 'csv',
  xlsx: 'xlsx',
  markdown: 'md',
  text: 'txt',
  html: 'html',
};

/** Writing to files of the workspace, in the format that the name or the goal says. */
export const saveFamily: Family = {
  name: 'save',
  does: 'saves something to a file, as JSON, CSV, XLSX or text',
  examples: ['save them to output/users.json', 'save as CSV', 'enregistre le résultat dans sortie/clients.xlsx'],
  heads: [
    'save:saving',
    'copy:saving',
    '[clitic_of] (keep|save) copy_noun:saving',
    'convert [into]',
    'generate [file]',
    'render',
    '(append_mode:append|add:append) [message|text|data] $text:content',
    '(fetch|generate|calculate) $format:format [file] [comma] [called] $path:path',
    'keep [it|them|clitic|$counted:what] [filler] (destination|in) [file] [called] $path:path',
    'save:saving [message|text|data] $text:content',
    '(remember|write_down) [message|text|data] $text:content',
    'generate [file] [called] $path:path (holding|containing) [inside_it] [text] $text:content',
    'generate:made [$format:format] [file] [comma] [called] $path:path',
    'generate:made [$format:format] [file] [comma] [called] $path:path (colon|comma) $limited:what',
    'generate:made [$format:format] [file] [comma] [called] $path:path (from_only|based_on) $sourceds:sources',
    'wish destination [$format:format] [file] [called] $path:path [comma]',
    'name_it [file] [called] $path:path',
    '[file] [called] $path:path [has] [must|ought|be] save from_only $thing:what',
    'replace_file [data [of]] [file] $path:path (with|by) ($thing:what|$text:content|$json:json)',
  ],
  continues: [
    '[as] $format:format [file] (to|in|as) [file] [called] $path:path',
    '[as] $format:format [file] [called] $path:path',
    'destination [file] [called] $path:path',
    '[as] $format:format destination [file] [called] $path:path',
    'as $format:format',
    'file [called] $path:path',
    '(output|file) [goes] [colon|equals|in|to|be|at|called] [file] [called] $path:path',
  ],
  slots: [
    '[of] $thing:what',
    '(to|as) $extension:kind file [comma|colon] [called] $path:path',
    '(to|as|called) [single] [file] [comma] [called] $path:path',
    '(as|in|to) $format:format open [file] [called] $path:path close',
    '(to|as) [file] [called] $paths:paths',
    '[(to|as)] file [called] $path:path',
    'to file [called] $text:path',
    '$columns:columns (to|as) [file] [called] $path:path',
    '(as|in|to) $format:format',
    '$format:format (to|as) [file] [called] $path:path',
    '(to|as) $delimited:delimiter $format:format [file] (to|as|called) [file] [called] $path:path',
    '(to|as) $format:format (to|called|as) [file] [called] $path:path',
    '(to|as) $format:format [file] [called] $path:path',
    '(to|as) $format:format [file] [comma] [with] $delimited:delimiter [comma|colon] [to|in|as] [file] [called] $path:path',
    '(to|in|under) folder [called] $folder_name:folder',
    '(to|in) folder:folder_mark [called] $path:folder',
    '(to|in) file:unnamed',
    '(to|in) it:same_file',
    '(in|to) (folder|file)',
    'append_mode:append [(of|to)] [file] $path:path',
    'append_mode:append',
    '[comma|open] $delimited:delimiter [close]',
    '[comma|open] [in|on|with] sheet [must] [be] [called|colon|equals] ($label_text:sheet|$name:sheet) [close]',
    '[comma|open] with [only] column [only] $fields:columns [only] [close]',
    '$text:content',
    '[comma] holding [only] $thing:what',
    '(from_only|based_on) $sourced:what',
    ...WHERE_SLOTS,
  ],
  bare: [
    '(output|file_name) (colon|equals|be) $path:path',
    '$lone_path:path',
    '$path:path be where_goes',
    '[only] [them|ones|data|noun|everything] (whose|that) $conditions:where [comma] [must|ought] [be] goes',
    '$format:format [file] (colon|equals|destination) $path:path',
    '[only] (them|ones|data|noun) (whose|that|has|with) $conditions:where (to|destination) [file] [called] $path:path',
  ],
  predicates: ['[comma] [must|ought] [be] goes', '[comma] (to|destination) $path:path', '[must|ought] [be] save'],
  tails: ['overwrite', 'be done'],
  needs: [
    ['path', 'paths', 'format', 'unnamed', 'what', 'folder'],
    ['path', 'paths', 'format', 'unnamed', 'folder', 'saving', 'same_file'],
  ],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    if (planNoSaving(draft, clause)) return;
    const isEmpty = ['content', 'json', 'what'].every((name) => slots[name] === undefined);
    const isText = draft.made.at(-1)?.form === 'text' && draft.made.at(-1)?.used === false;
    if (
      slots['made'] === true &&
      isEmpty &&
      !isText &&
      !/^(csv|xlsx|json)$/.test(formatOf(textOf(slots['path'])) ?? '')
    )
      throw new Refusal(draft.span, `say what stands in ${textOf(slots['path'])}, such as "a table of the rows in …"`);
    const bare = slots['what'] as Ref | undefined;
    const copied =
      clause.lead.at === clause.start && draft.input.is(clause.start, 'copy') ? savedBefore(draft, bare) : undefined;
    const isListed = draft.input.is(clause.start, 'copy') && isForFiles(draft) && bare?.kind !== 'thing';
    if (isListed && slots['path'] !== undefined) {
      moveFilesFamily.plan({ ...clause, slots: { copy: true, to: slots['path'] } }, draft);
      return;
    }
    if (copied !== undefined && slots['path'] !== undefined) {
      moveFilesFamily.plan({ ...clause, slots: { copy: true, from: copied, to: slots['path'] } }, draft);
      return;
    }
    // "sortir les lignes de la table t", with no word of where to: they are read
    const isRead = draft.input.is(clause.start, 'fetch') && isUntargeted(slots) && slots['what'] !== undefined;
    if (
      isRead &&
      bare?.kind === 'thing' &&
      bare.source !== undefined &&
      (bare.source.type !== 'path' || bare.where !== undefined)
    ) {
      fetchFamily.plan(clause, draft);
      return;
    }
    if (namedSince(draft, slots, bare)) return;
    const target = targetIn(draft, slots, bare);
    if (target) {
      // "save users.csv" names the file, not what goes into it; "store the wording in menu.txt" where it goes
      const { path, delimiter, sheet } = target;
      const rows =
        bare?.kind === 'thing' && bare.words.length > 0
          ? takeRows(draft, { ...bare, source: undefined }, clause)
          : draft.current(draft.span);
      const shape = { delimiter: slots['delimiter'] ?? delimiter, sheet: slots['sheet'] ?? sheet };
      saveTo(draft, rows, path, { ...clause, slots: { ...slots, ...shape } });
      return;
    }
    if (slots['json'] !== undefined) {
      const path = workspacePath(textOf(slots['path']), draft.span);
      const step = draft.add('write_json', {
        uses: 'file.write',
        with: { path, json: literalOf(draft, slots['json'] as Json) },
      });
      draft.make({ labels: ['file'], form: 'file', step, path: 'file', file: { path, format: 'json' }, used: true });
      return;
    }
    const made = slots['content'] === undefined ? takeRows(draft, slots['what'] as Ref | undefined, clause) : undefined;
    if (isUntargeted(slots) && made?.root === 'input' && made.path === '')
      throw new Refusal(draft.span, 'say to which file what is in the context is to be saved');
    if (slots['content'] !== undefined && (slots['what'] !== undefined || slots['where'] !== undefined))
      throw new Refusal(draft.span, 'it is not clear whether the text in quotes is to be saved');
    const isFile = bare?.kind === 'thing' && bare.source?.type === 'path';
    if (isFile && slots['path'] !== undefined && slots['paths'] !== undefined)
      throw new Refusal(draft.span, 'several files are named: say of each what goes there, in a part of its own');
    const several = [slots['path'] ?? [], slots['paths'] ?? []].flat() as string[];
    if (made && several.length > 1) {
      for (const path of several) saveTo(draft, made, path, clause);
      return;
    }
    const url = draft.steps.get(made?.step ?? '')?.with?.['url'];
    const isBinary = made?.file?.format === 'binary' || formatOf(textOf(url)) === 'binary';
    const isSealed = isBinary && slots['format'] !== undefined && slots['format'] !== 'binary';
    if (isSealed)
      throw new Refusal(
        draft.span,
        `what is in this file cannot be read: no tool makes ${textOf(slots['format'])} of it`,
      );
    const path = pathOf(
      several[0] === undefined ? clause : { ...clause, slots: { ...slots, path: several[0] } },
      draft,
      made,
    );
    if (made) save(draft, made, path, clause);
    else {
      const step = draft.add('write_text', {
        uses: 'file.write',
        with: { path, text: draft.literal(textOf(slots['content'])), ...modeOf(clause) },
      });
      draft.make({
        labels: ['file'],
        form: 'file',
        step,
        path: 'file',
        file: { path, format: formatOf(path) ?? 'text' },
        used: true,
      });
    }
  },
};

/** The file that a clause writes, where it stands as if it were what is saved. */
function targetIn(
  draft: Draft,
  slots: Clause['slots'],
  bare: Ref | undefined,
): (Source & { type: 'path' }) | undefined {
  if (bare?.kind !== 'thing' || bare.source?.type !== 'path') return undefined;
  // "sors les lignes de a.csv dont …": where they come from
  if (bare.where !== undefined) return undefined;
  if (bare.words.length === 0)
    return ['path', 'paths', 'format', 'folder'].every((name) => slots[name] === undefined) ? bare.source : undefined;
  return isUntargeted(slots) && !isThere(draft, bare.source.path) ? bare.source : undefined;
}

const isUntargeted = (slots: Clause['slots']): boolean =>
  ['path', 'paths', 'format', 'folder', 'unnamed', 'content', 'where'].every((name) => slots[name] === undefined);

/** True for a file that the goal has read or written before. */
const isThere = (draft: Draft, path: string): boolean => draft.made.some(({ file }) => file?.path === path);

/** The path that was named; a name of our own, with a note, where only a format or a folder was. */
function pathOf(clause: Clause, draft: Draft, made: Made | undefined): string {
  const { slots } = clause;
  const at = draft.span;
  const given = slots['path'] ?? (slots['same_file'] === true ? lastFile(draft) : undefined);
  const format = slots['format'] as Format | undefined;
  if (given !== undefined && !textOf(given).endsWith('/')) {
    const path = workspacePath(address(draft, textOf(given), at), at);
    const own = formatOf(path);
    // "the text to letter.md"
    const isText = format === 'text' && (own === 'markdown' || own === 'html');
    if (format !== undefined && own !== undefined && own !== format && !isText)
      throw new Refusal(at, `the file is named as ${own} and asked for as ${format}: which one is it?`);
    return own === undefined && format !== undefined && !/\.\w+$/.test(path) ? `${path}.${EXTENSIONS[format]}` : path;
  }
  const folder = slots['folder'] ?? given;
  const prefix = folder === undefined ? '' : `${workspacePath(textOf(folder), at).replace(/\/$/, '')}/`;
  const stem = slug(made?.labels.find(Boolean) ?? '') || 'result';
  const name = draft.each ? `${stem}_\${{ index }}` : stem;
  const kind = format ?? (made?.form === 'text' ? 'text' : (made?.file?.format ?? 'json'));
  const path = `${prefix}${name}.${EXTENSIONS[kind]}`;
  nameUnnamed(draft, path);
  return path;
}

/** A file that the goal has not named so far. */
export function nameUnnamed(draft: Draft, path: string): void {
  draft.note(unnamedNote(path));
  draft.unnamed = path;
}

const unnamedNote = (path: string): string => `The file is named ${path}, since the goal does not name it.`;

/** "convert it to CSV and save it to x.csv": the file that was made last gets its name; true where there is such a one. */
function namedSince(draft: Draft, slots: Clause['slots'], what: Ref | undefined): boolean {
  const { unnamed } = draft;
  const step = draft.steps.all.at(-1);
  const isIt = what === undefined || what.kind === 'current' || (what.kind === 'thing' && what.source === undefined);
  const path = textOf(slots['path']);
  if (unnamed === undefined || step?.with === undefined || !isIt || path === '' || path.endsWith('/')) return false;
  const name = step.with['save_as'] === unnamed ? 'save_as' : step.with['path'] === unnamed ? 'path' : undefined;
  if (name === undefined || formatOf(path) !== formatOf(unnamed)) return false;
  const given = workspacePath(address(draft, path, draft.span), draft.span);
  for (const [shape, tool] of [
    ['delimiter', 'transform.to_csv'],
    ['sheet', 'transform.to_xlsx'],
  ] as const)
    if (slots[shape] !== undefined && step.uses === tool) step.with[shape] = textOf(slots[shape]);
  step.with[name] = given;
  draft.unnote(unnamedNote(unnamed));
  draft.unnamed = undefined;
  for (const made of draft.made)
    if (made.step === step.id && made.file?.path === unnamed) {
      made.file.path = given;
      made.labels = made.labels.map((label) => (label === unnamed ? given : label));
    }
  return true;
}

/** The file that was written last. */
const lastFile = (draft: Draft): string | undefined =>
  draft.made.findLast(({ file, step }) => step !== undefined && file?.path !== undefined)?.file?.path;
