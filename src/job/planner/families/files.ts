import { stemOf } from '../draft/draft';
import { formatOf } from '../draft/made';
import type { Draft } from '../draft/draft';
import type { Format, Span } from '../reading';
import { open, openEach } from '../draft/sources';
import type { Clause, Family } from '../family';
import { Refusal } from '../refusal';
import { workspacePath } from '../draft/paths';
import type { Slots } from '../grammar/input';
import { textOf } from '../grammar/slots';
import { saveTo } from './parts/write';
import type { FileSet } from '../values/filesets';

const FILES = /^(file|transform|report|render|sql)\./;
const FOLDER = [
  'within [folder] [called] $folder_name:folder',
  'within $folder_name:folder folder',
  'to [folder] [called] $path:folder',
  'within workspace:workspace',
];

/** The files that a clause speaks of; a word that their pattern explains is told. */
function filesIn(draft: Draft, set: FileSet = {}): FileSet {
  if (set.kind !== undefined) draft.note(`"${set.kind}" was taken for what ${set.pattern ?? 'their pattern'} says.`);
  return set;
}

const EXTENSIONS: { [format: string]: string } = { markdown: 'md', text: 'txt' };

/** The pattern of a format: `*.csv`. */
const globOf = ({ format }: Slots): string | undefined =>
  format === undefined ? undefined : `*.${EXTENSIONS[textOf(format)] ?? textOf(format)}`;

/** "In the folder data, …": the place first. */
const placed = (head: string): string[] => [
  head,
  ...['folder [called] $folder_name:folder', '$folder_name:folder folder', '$path:folder'].map(
    (folder) => `(in|from) ${folder} [comma] ${head}`,
  ),
];

/** Files that go, by name, pattern or age. */
export const deleteFilesFamily: Family = {
  name: 'delete files',
  does: 'deletes files by name, pattern or age',
  examples: [
    'delete the files older than 30 days in tmp/',
    'supprime le fichier tmp/old.csv',
    'delete all *.log files in logs/',
  ],
  heads: [
    ...placed('(delete|remove)'),
    '(delete|remove) [data|everything] (of|in|from) $folder_name:folder_path [folder]',
  ],
  bare: [
    '$fileset:set [must|ought] [be] (delete|remove)',
    '$path:path [folder] (must|ought) [be] (delete|remove) [of $glob:pattern]',
  ],
  slots: [
    '$fileset:set',
    '[all] [file] [called] $path:path [file]',
    '[all] $path:path',
    '[file] $paths:paths',
    'folder $identifier:kind $path:folder_path',
    '$identifier:kind folder [called] $path:folder_path',
    'folder [called] $folder_name:folder_path',
    'folder [called] $path:path',
    'original:original',
    '[all] file:files',
    '[all] file:files $format:format',
    'everything:files',
    '[all] $format:format file:files',
    'original_file:original',
    '[that be] older $duration:age [old]',
    ...FOLDER,
  ],
  tails: [
    '[comma|open] with_all [close]',
    '[comma|open] if_absent [comma] no_matter:lenient [close]',
    '[comma] (also|even) if_absent:lenient',
  ],
  across: ['if_absent [comma] no_matter:lenient'],
  needs: [['path', 'paths', 'files', 'folder_path', 'set', 'original']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const several = slots['paths'] as string[] | undefined;
    if (several !== undefined) {
      if (['folder', 'set', 'folder_path', 'pattern'].some((name) => slots[name] !== undefined))
        throw new Refusal(at, 'it is not clear which of them are in the folder: name each file with its folder');
      for (const path of several)
        deleteFilesFamily.plan({ ...clause, slots: { ...slots, paths: undefined, path } }, draft);
      return;
    }
    const set = filesIn(draft, slots['set'] as FileSet | undefined);
    if (slots['kind'] !== undefined) draft.note(`"${textOf(slots['kind'])}" was taken for what the folder is.`);
    const age = slots['age'] ?? set.age;
    const listed = age !== undefined && set.pattern === undefined ? listedBefore(draft) : undefined;
    const said =
      slots['folder'] ??
      set.folder ??
      (slots['path'] === undefined && slots['folder_path'] === undefined ? listed : undefined);
    const folder = said === undefined ? undefined : workspacePath(textOf(said), at).replace(/\/$/, '');
    const isOne = Object.keys(set).length === 0 && said === undefined && age === undefined && isSingular(draft);
    const path =
      slots['path'] ??
      slots['folder_path'] ??
      fileSpokenOf(draft, clause, set) ??
      (isOne && slots['format'] === undefined ? fileBefore(draft, at, undefined, true) : undefined);
    const pattern = slots['pattern'] ?? set.pattern ?? globOf(slots);
    const isPattern = path === undefined || slots['path'] !== undefined || slots['folder_path'] !== undefined;
    const given = [path, isPattern ? pattern : undefined].filter((one) => one !== undefined);
    const name = given.map((one) => workspacePath(textOf(one), at).replace(/\/$/, '')).join('/');
    if (name === '' && folder === undefined)
      throw new Refusal(at, 'say which files, by a folder, a name or a pattern such as *.log');
    if (folder !== undefined && name.includes('/'))
      throw new Refusal(at, `it is not clear where this is: in ${folder}, or ${name}?`);
    const isBelow = set.recursive === true && folder !== undefined && name.includes('*');
    const whole = [folder, isBelow ? '**' : '', name].filter(Boolean).join('/');
    const step = draft.add('delete_files', {
      uses: 'file.delete',
      with: {
        [whole.includes('*') ? 'pattern' : 'path']: draft.literal(whole),
        older_than: age === undefined ? undefined : textOf(age),
        missing: slots['lenient'] === true ? 'ok' : undefined,
      },
    });
    draft.after(step, whole, FILES);
    draft.results.set(step, { step, path: 'deleted' });
  },
};

/** "delete the original", "delete the Excel file afterwards": one file that was spoken of before. */
function fileSpokenOf(draft: Draft, { slots, start, end }: Clause, set: FileSet): string | undefined {
  if (slots['original'] === true) {
    const copied = draft.steps.all.filter(({ uses }) => uses === 'file.copy');
    const read = draft.steps.all.findLast(({ uses }) => /^(transform\.from_|file\.read|sql\.insert)/.test(uses ?? ''));
    const path = copied[0]?.with?.['from'] ?? read?.with?.['path'];
    if (typeof path !== 'string' || copied.length > 1)
      throw new Refusal(draft.span, 'say which file this is, such as report.csv');
    return path;
  }
  const said = draft.input.text(start, end, draft.goal);
  const isOne = /(\bthe|\bthis|\ble|\bce)\s+(\w+\s+)?(file|workbook|spreadsheet|fichier|classeur)\b/i.test(said);
  const format = slots['format'] ?? FORMATS[set.pattern ?? ''];
  const isPlaced = (set.folder ?? slots['folder'] ?? set.age ?? slots['age']) !== undefined;
  return isOne && !isPlaced && format !== undefined
    ? fileBefore(draft, draft.span, format as Format, false)
    : undefined;
}

/** Formats by the pattern that stands for all their files. */
const FORMATS: { [pattern: string]: Format } = {
  '*.csv': 'csv',
  '*.xlsx': 'xlsx',
  '*.json': 'json',
  '*.md': 'markdown',
  '*.txt': 'text',
};

/** "delete the file": one that was spoken of before. */
const isSingular = ({ input, span: [start, end] }: Draft): boolean =>
  input.tokens.slice(start, end).some(({ folded }) => /^(file|fichier)$/.test(folded)) &&
  !input.tokens.slice(start, end).some((_, index) => input.is(start + index, 'all', 'each_one'));

/** Files that get another place or a second one. */
export const moveFilesFamily: Family = {
  name: 'move files',
  does: 'moves, renames and copies files',
  examples: ['move report.csv to archive/report.csv', 'copie data.json vers backup/data.json'],
  heads: [
    'move:move',
    'move:moved (file|it|clitic)',
    '(move|copy:copy) $format:kind',
    'backs:copy $format:kind up',
    'backs:copy (it:it|file:it|$path:from) up',
    '(file|it) (must|ought|be) [be] move:moved',
    '(copy:copy|move:move|archive:move) each_one:each (file|ones|single)',
    '(copy:copy|move:move|archive:move) them:each',
    'copy:copy',
    'rename:move',
    'archive:move',
    '(generate|save|keep|put|add) [it] [clitic_of] [single] copy_noun:copied',
    '[file] [called] $path:from (must|ought|be) [be] (move:move|copy:copy|rename:move|archive:move)',
  ],
  bare: [
    '[file] [called] $path:from (to|destination) [folder] [file] [called] $path:and_to',
    '[file] [called] $path:from becomes:move [file] [called] $path:to',
    '[file] [called] $path:from [must|ought] [be] (move:move|copy:copy|archive:move) (to|into|in|as|under) [folder] [file] [called] $path:to',
  ],
  slots: [
    '(of|from) [file] $path:from',
    '(of|from) (it:it|file:it)',
    '[to|in|at] place_file [at|to|in|as] $path:to',
    '[of] [file] [called] $path:from',
    '(to|in|as|under) [folder] [file] [called] $path:to',
    '(to|in) folder [called] $folder_name:to_folder',
    '[of] $placed_files:set',
    '(to|in) $folder_name:to_folder',
    'overwrite:replace [leftover]',
    '[open|comma] overwrite:replace [be] [enough|done|agreed] [close]',
    'overwrite:replace $lead_in:told',
    '[if] overwrite:replace [file|data] [if] [known]',
    '[comma|open] own_name [close]',
  ],
  tails: [
    '[comma|open] [and] overwrite:replace [file|it|them|clitic|single|data] [if] [it|that|single] [be] [known|already_there|there_is|there|exists] [also] [close]',
  ],
  needs: [['from', 'copied', 'moved', 'kind', 'it', 'set', 'each']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    // "a copy of it": the file that was spoken of last
    void slots['it'];
    void slots['moved'];
    const target =
      slots['to'] ??
      slots['and_to'] ??
      (slots['to_folder'] === undefined ? undefined : `${textOf(slots['to_folder'])}/`);
    if (target === undefined) throw new Refusal(at, 'say where to, such as archive/report.csv');
    const isEach = slots['each'] === true && draft.steps.all.at(-1)?.uses === 'file.list';
    if (slots['set'] !== undefined || isEach || (slots['from'] === undefined && isForFiles(draft))) {
      moveEach(draft, clause, textOf(target));
      return;
    }
    const from = workspacePath(
      textOf(slots['from'] ?? fileBefore(draft, at, slots['kind'] as Format | undefined, slots['moved'] === true)),
      at,
    );
    if (from.includes('*')) throw new Refusal(at, 'files are moved and copied one by one: name each of them');
    const to = workspacePath(textOf(target), at);
    const isFolder = to.endsWith('/') || (!/\.\w+$/.test(to) && /\.\w+$/.test(from));
    const whole = isFolder ? `${to.replace(/\/$/, '')}/${from.split('/').at(-1) ?? from}` : to;
    // "copy a to b and c to d": as with the one before it
    const before = draft.steps.all.at(-1)?.uses;
    if (slots['and_to'] !== undefined && /^(transform\.to_|file\.write)/.test(before ?? '')) {
      saveTo(draft, open(draft, { type: 'path', path: from }, '', at), whole, { ...clause, slots: {} });
      return;
    }
    if (slots['and_to'] !== undefined && !/^file\.(copy|move)$/.test(before ?? ''))
      throw new Refusal(at, 'say what is to be done with this file: copy it, move it, convert it');
    const isAgain = slots['and_to'] !== undefined && before === 'file.copy';
    const isCopy = slots['copy'] === true || slots['copied'] === true || isAgain;
    const tool = isCopy ? 'file.copy' : 'file.move';
    const step = draft.add(isCopy ? 'copy_file' : 'move_file', {
      uses: tool,
      with: {
        from: draft.literal(from),
        to: draft.literal(whole),
        ...(slots['replace'] === true ? { replace: true } : {}),
      },
    });
    draft.after(step, from, FILES);
    const file = { path: whole, format: formatOf(whole) ?? 'text' } as const;
    draft.make({ labels: [stemOf(whole), 'file'], form: 'file', step, path: 'file', file, used: true });
    draft.results.set(step, { step, path: 'path' });
  },
};

/** True where what follows is done for each file of a listing. */
export const isForFiles = ({ each, steps }: Draft): boolean =>
  steps.get(/^steps\.(\w+)\.output\.files$/.exec(each?.list ?? '')?.[1] ?? '')?.uses === 'file.list';

/** The name of a file without its folders, in an expression. */
const NAME = '${{ item.path.substring(item.path.lastIndexOf("/") + 1) }}';

/** Each file of a set, or of those listed before, into a folder under its own name. */
function moveEach(draft: Draft, clause: Clause, target: string): void {
  const { slots } = clause;
  const isOpen = isForFiles(draft);
  if (slots['set'] !== undefined) listFilesFamily.plan({ ...clause, slots: { set: slots['set'] } }, draft);
  if (!isOpen) openEach(draft, { kind: 'current', many: true, at: draft.span }, clause);
  const [, folder = ''] = /^(.*?)\/?(?:\{(?:name|file|filename|file_name|nom|fichier)\})?$/.exec(target) ?? [];
  const isFolder = !/[{}]/.test(folder) && !/\.\w+$/.test(folder);
  if (!isFolder) throw new Refusal(draft.span, 'several files do not go into one: name a folder, such as archive/');
  const isCopy = slots['copy'] === true || slots['copied'] === true;
  const step = draft.add(isCopy ? 'copy_files' : 'move_files', {
    uses: isCopy ? 'file.copy' : 'file.move',
    with: {
      from: '${{ item.path }}',
      to: `${draft.literal(workspacePath(folder, draft.span))}/${NAME}`,
      ...(slots['replace'] === true ? { replace: true } : {}),
    },
  });
  draft.results.set(step, { step, path: 'count' });
  if (!isOpen) draft.each = undefined;
}

/** The folder whose files were listed before: "delete those older than 90 days". */
const listedBefore = (draft: Draft): string | undefined => {
  const step = draft.steps.all.findLast(({ uses }) => uses === 'file.list');
  const path = step?.with?.['pattern'] === undefined ? step?.with?.['path'] : undefined;
  return typeof path === 'string' ? path : undefined;
};

/** The file that the goal spoke of last: "make a copy of it"; of a kind, the only one: "move the csv". */
function fileBefore(draft: Draft, at: Span, kind: Format | undefined, isAlone: boolean): string {
  const said = draft.input.tokens.filter(
    ({ kind: type, text }, token) => token < at[0] && type === 'path' && /\.\w+$/.test(text) && !text.includes('*'),
  );
  const made = draft.made.flatMap(({ file }) => (file?.path === undefined ? [] : [file.path]));
  const ofKind = new Set([...said.map(({ text }) => text), ...made].filter((path) => formatOf(path) === kind));
  if (kind !== undefined && ofKind.size !== 1)
    throw new Refusal(at, `say which ${kind} file this is: ${[...ofKind].join(', ') || 'none was named before'}`);
  // "move it": a file that goes away has to be the only one that was spoken of, and written before
  const all = new Set([...said.map(({ text }) => text), ...made]);
  const isWritten = draft.steps.all.some(({ with: args }) =>
    [args?.['save_as'], args?.['path'], args?.['to']].includes([...all][0] ?? ''),
  );
  if (isAlone && (all.size !== 1 || !isWritten))
    throw new Refusal(at, `say which file this is: ${[...all].join(', ') || 'none was named before'}`);
  const path = kind === undefined ? (made.at(-1) ?? said.at(-1)?.text) : [...ofKind][0];
  if (path === undefined) throw new Refusal(at, 'say which file, such as report.csv');
  return path;
}

/** What files there are. */
export const listFilesFamily: Family = {
  name: 'list files',
  does: 'lists the files of a folder',
  examples: ['list the files in output/', 'liste les fichiers csv du dossier data'],
  heads: [
    ...placed('list'),
    'list [of] [all] file:files',
    '(fetch|search|calculate) [list] [of] $placed_files:set',
    'list:files [data] [(of|in)] [folder] $path:folder',
    'what_is $fileset:set',
    'what_is [all] $format:format [file] [that_is_there] within [folder] [called] $folder_name:folder',
  ],
  bare: ['$fileset:set (must|ought) [be] list', 'list of $fileset:set', 'list [of] file'],
  slots: [
    '$fileset:set',
    '[list] [of] $fileset:set',
    '[list] [of] [all] $format:format file:files',
    '[all] $glob:pattern file:files',
    '[all] file:files $glob:pattern',
    '[all] file:files $format:format',
    '[all] $extension:pattern file:files',
    '[of] list of file:files',
    ...FOLDER,
    '[comma] recursively',
  ],
  tails: ['[comma] recursively', '[comma] not_below:flat [comma] [not_those]'],
  across: ['not_below:flat [comma] [not_those]'],
  needs: [['files', 'set', 'pattern', 'format']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const set = filesIn(draft, slots['set'] as FileSet | undefined);
    if (set.age !== undefined) throw new Refusal(at, 'files are listed by folder and pattern, not by age');
    const said = slots['folder'] ?? set.folder;
    const folder = said === undefined ? {} : { path: workspacePath(textOf(said), at).replace(/\/$/, '') };
    const glob = slots['pattern'] ?? set.pattern ?? globOf(slots);
    const step = draft.add('list_files', {
      uses: 'file.list',
      with: {
        ...folder,
        ...(glob === undefined ? {} : { pattern: textOf(glob) }),
        ...(slots['flat'] === true ? { recursive: false } : {}),
      },
    });
    draft.make({ labels: ['files', 'fichiers', 'list'], form: 'data', step, path: 'files' });
  },
};

/** Words in files. */
export const searchFilesFamily: Family = {
  name: 'search files',
  does: 'searches files for words',
  examples: ['search for "TODO" in src/', 'cherche "erreur" dans les fichiers *.log'],
  bare: [
    '[which] [of] [$extension:pattern|$format:format] (file|noun) (contains) [word] $text:text',
    '[which] [of] $fileset:set [that] contains [word] ($text:text|$identifier:text)',
    '[be] there $text:text [somewhere]',
    'search $text:text [somewhere]',
  ],
  heads: [
    ...placed('search [for] [$code_word:text]'),
    'list',
    'fetch',
    'calculate',
    '(search|list|calculate) [which] [of] [$extension:pattern|$format:format] (file|noun) contains [word] $text:text',
    '(search|list|calculate) [which] [of] $fileset:set [that] contains [word] ($text:text|$identifier:text)',
  ],
  slots: [
    '[(in|through|for|of|over)] $fileset:set',
    '[for] [all] (data|word) (with|contains|that contains|whose) [word] $text:text',
    '[all] file (contains|that contains|with) [word] $identifier:text',
    '[open] [only] ($glob:pattern|$extension:pattern|$format:format) [only] [file] [close]',
    'for [word] $identifier:text',
    'for [single|all] word [colon] $text:text',
    '(in|through|over) folder [called] $folder_name:folder',
    'somewhere',
    '[for] $text:text',
    '[all] file (contains|that contains|with) [word] $text:text',
    '[word] $text:text',
    'word $identifier:text',
    '[(in|through|for)] [all] file',
    '[(in|for)] [all] [file] $path:pattern [file]',
    '[in] [all] $format:format file',
    '[in] [all] $extension:pattern file',
    '[in] [all] file $extension:pattern',
    ...FOLDER,
    'ignore_case:ignore_case',
    '[all] data (of|in) file $extension:pattern (contains|that contains) [word] $text:text',
  ],
  tails: [
    '[open] [only] ($glob:pattern|$extension:pattern|$format:format) [only] [file] [close]',
    '[comma] ignore_case:ignore_case',
    '[comma] [at_most] $number:most (hits|found|data|word) [be] [enough] [at_most]',
  ],
  needs: [['text']],
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const set = filesIn(draft, slots['set'] as FileSet | undefined);
    if (set.age !== undefined) throw new Refusal(at, 'files are searched by folder and pattern, not by age');
    const pattern = slots['pattern'] ?? set.pattern ?? globOf(slots);
    const given = pattern === undefined ? undefined : workspacePath(textOf(pattern), at);
    const said = slots['folder'] ?? set.folder;
    if (given?.includes('*') === false && said !== undefined)
      throw new Refusal(at, 'two places are named to search in: search in each of them by itself');
    const place =
      given === undefined ? {} : given.includes('*') ? { pattern: given } : { path: given.replace(/\/$/, '') };
    const folder = said === undefined ? {} : { path: workspacePath(textOf(said), at).replace(/\/$/, '') };
    const step = draft.add('search_files', {
      uses: 'file.search',
      with: {
        text: draft.literal(textOf(slots['text'])),
        ...place,
        ...folder,
        ...(slots['ignore_case'] === true ? { ignore_case: true } : {}),
        ...(slots['most'] === undefined ? {} : { max_matches: Number(slots['most']) }),
      },
    });
    draft.make({
      labels: ['matches', 'search', 'occurrences', 'hits', 'lines', 'lignes', 'résultats'],
      form: 'data',
      step,
      path: 'matches',
    });
  },
};
