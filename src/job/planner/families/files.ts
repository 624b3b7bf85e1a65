import { listedBy } from '../draft/sources';
import type { Draft } from '../draft/draft';
import type { Family } from '../family';
import type { Clause } from '../family';
import { Baseless, Refusal } from '../refusal';
import { workspacePath } from '../draft/paths';
import type { Slots } from '../grammar/input';
import { textOf } from '../grammar/slots';
import { fileBefore, fileSpokenOf, isSingular } from './parts/spoken-file';
import type { FileSet } from '../values/filesets';

/** Tools that read or write files. */
export const FILE_TOOLS = /^(file|transform|report|render|sql)\./;
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
    '(original:original|$format:format [file:files]) (must|ought) [be] (delete|remove)',
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
    '[$format:format] original:original',
    '[all] file:files',
    '[all] file:files $format:format',
    'everything:files',
    '[all] $format:format file:files',
    '[that be] older $duration:age [old]',
    ...FOLDER,
  ],
  tails: [
    '[comma|open] with_all [close]',
    '[comma] if [it|them|they|she] [be] older $duration:age [old]',
    '[comma|open] if_absent [comma] no_matter:lenient [close]',
    '[comma] (also|even) if_absent:lenient',
  ],
  across: ['if_absent [comma] no_matter:lenient'],
  needs: [['path', 'paths', 'files', 'folder_path', 'set', 'original', 'format']],
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
    checkNamed(draft, clause, set);
    // "Clean up the work folder: …": which of its files stands behind
    const isWhole = slots['folder_path'] !== undefined || Object.keys(set).join() === 'folder';
    if (isWhole && draft.input.tokens[clause.end]?.text === ':')
      throw new Refusal(
        at,
        'say in one part which files go: those of a pattern or an age in this folder, or all of it',
      );
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
    draft.after(step, whole, FILE_TOOLS);
    draft.results.set(step, { step, path: 'deleted' });
  },
};

/**
 * Makes sure that what goes is spoken of as a file or a folder: "rid of salary and iban" is of something else.
 *
 * @throws Refusal
 */
function checkNamed(draft: Draft, { slots, start, end }: Clause, set: FileSet): void {
  const names = [slots['path'], slots['folder_path'], slots['folder'], set.folder].filter((one) => one !== undefined);
  const isPlain = names.length > 0 && names.every((one) => /^[\p{L}\d_-]+$/u.test(textOf(one)));
  const words = draft.input.tokens.slice(start, end);
  const isSaid =
    set.pattern !== undefined ||
    words.some(({ kind }) => /^(quoted|code)$/.test(kind)) ||
    words.some((_, index) => draft.input.is(start + index, 'file', 'folder', 'everything', 'workspace'));
  if (isPlain && !isSaid)
    throw new Baseless(
      draft.span,
      `say whether "${textOf(names[0])}" is a file or a folder, such as ${textOf(names[0])}/`,
    );
}

/** The folder whose files were listed before: "delete those older than 90 days". */
const listedBefore = (draft: Draft): string | undefined => {
  const step = draft.steps.all.findLast(({ uses }) => uses === 'file.list');
  const path = step?.with?.['pattern'] === undefined ? step?.with?.['path'] : undefined;
  return typeof path === 'string' ? path : undefined;
};

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
    'look [in|within|to] folder:files [called] $folder_name:folder',
    '(look|poll) (what_is|what) file:files be within [folder] [called] $folder_name:folder',
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
    listedBy(draft, step);
  },
};

/** Words in files. */
export const searchFilesFamily: Family = {
  name: 'search files',
  does: 'searches files for words',
  examples: ['search for "TODO" in src/', 'cherche "erreur" dans les fichiers *.log'],
  bare: [
    '[which] [of] [$extension:pattern|$format:format] (file|noun) (contains) [word] $text:text',
    'which [of] $fileset:set [that] contains [word] ($text:text|$identifier:text)',
    '[of] $fileset:set that contains [word] ($text:text|$identifier:text)',
    '$fileset:set contains [word] ($text:text|$code_word:text)',
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
    const words = textOf(slots['text']);
    if (/^(files?|fichiers?|folders?|dossiers?)$/i.test(words) && !draft.goal.includes(`"${words}"`))
      throw new Baseless(at, 'say which words are looked for, in quotes');
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
