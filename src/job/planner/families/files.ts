import { stemOf } from '../draft/draft';
import { formatOf } from '../draft/made';
import type { Family } from '../family';
import { Refusal } from '../refusal';
import { workspacePath } from './save';
import { textOf } from '../grammar/slots';

const FILES = /^(file|transform|report|render|sql)\./;
const FOLDER = [
  '(in|from|of) $folder_name:folder',
  '(in|to|from|of) [folder] [called] $path:folder',
  '(in|to|from|of) folder [called] $folder_name:folder',
  '(in|from|of) $folder_name:folder folder',
  '(in|from) workspace:workspace',
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
  heads: ['delete', 'remove'],
  slots: [
    '[all] [file] [called] $path:path [file]',
    '[all] $path:path',
    'folder [called] $folder_name:folder_path',
    'folder [called] $path:path',
    '[all] file:files',
    '[all] file:files $format:format',
    'everything:files',
    '[all] $format:format file:files',
    '[that be] older $duration:age [old]',
    ...FOLDER,
  ],
  needs: [['path', 'files', 'folder_path']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const age = slots['age'] === undefined ? {} : { older_than: textOf(slots['age']) };
    const folder =
      slots['folder'] === undefined ? undefined : workspacePath(textOf(slots['folder']), at).replace(/\/$/, '');
    const extension =
      slots['format'] === undefined
        ? undefined
        : `*.${textOf(slots['format']).replace('markdown', 'md').replace('text', 'txt')}`;
    const given = slots['path'] ?? slots['folder_path'] ?? extension;
    const name = given === undefined ? undefined : workspacePath(textOf(given), at).replace(/\/$/, '');
    if (name === undefined && folder === undefined)
      throw new Refusal(at, 'say which files, by a folder, a name or a pattern such as *.log');
    const whole = [folder, name ?? '**'].filter(Boolean).join('/');
    const isPattern = whole.includes('*');
    const step = draft.add('delete_files', {
      uses: 'file.delete',
      with: { [isPattern ? 'pattern' : 'path']: draft.literal(whole), ...age },
    });
    draft.after(step, whole, FILES);
    draft.results.set(step, { step, path: 'deleted' });
  },
};

/** Files that get another place or a second one. */
export const moveFilesFamily: Family = {
  name: 'move files',
  does: 'moves, renames and copies files',
  examples: ['move report.csv to archive/report.csv', 'copie data.json vers backup/data.json'],
  heads: ['move:move', 'copy:copy', 'rename:move', 'archive:move'],
  slots: [
    '[of] [file] [called] $path:from',
    '(to|in|as|under) [folder] [file] [called] $path:to',
    '(to|in) folder [called] $folder_name:to_folder',
    'overwrite:replace',
  ],
  needs: [['from']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const from = workspacePath(textOf(slots['from']), at);
    const target = slots['to'] ?? (slots['to_folder'] === undefined ? undefined : `${textOf(slots['to_folder'])}/`);
    if (target === undefined) throw new Refusal(at, 'say where to, such as archive/report.csv');
    if (from.includes('*')) throw new Refusal(at, 'files are moved and copied one by one: name each of them');
    const to = workspacePath(textOf(target), at);
    const isFolder = to.endsWith('/') || (!/\.\w+$/.test(to) && /\.\w+$/.test(from));
    const whole = isFolder ? `${to.replace(/\/$/, '')}/${from.split('/').at(-1) ?? from}` : to;
    const tool = slots['copy'] === true ? 'file.copy' : 'file.move';
    const step = draft.add(slots['copy'] === true ? 'copy_file' : 'move_file', {
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

/** What files there are. */
export const listFilesFamily: Family = {
  name: 'list files',
  does: 'lists the files of a folder',
  examples: ['list the files in output/', 'liste les fichiers csv du dossier data'],
  heads: ['list', 'fetch', 'search', 'calculate'],
  slots: [
    '[all] file:files',
    '[list] [of] [all] $format:format file:files',
    '[all] $glob:pattern file:files',
    '[all] file:files $glob:pattern',
    '[all] file:files $format:format',
    '[all] $extension:pattern file:files',
    '[of] list of file:files',
    ...FOLDER,
    'recursively',
  ],
  needs: [['files']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const folder =
      slots['folder'] === undefined ? {} : { path: workspacePath(textOf(slots['folder']), at).replace(/\/$/, '') };
    const glob =
      slots['pattern'] ??
      (slots['format'] === undefined
        ? undefined
        : `*.${textOf(slots['format']).replace('markdown', 'md').replace('text', 'txt')}`);
    const step = draft.add('list_files', {
      uses: 'file.list',
      with: { ...folder, ...(glob === undefined ? {} : { pattern: textOf(glob) }) },
    });
    draft.make({ labels: ['files', 'fichiers', 'list'], form: 'data', step, path: 'files' });
  },
};

/** Words in files. */
export const searchFilesFamily: Family = {
  name: 'search files',
  does: 'searches files for words',
  examples: ['search for "TODO" in src/', 'cherche "erreur" dans les fichiers *.log'],
  bare: ['[which] [$extension:pattern] file (contains) [word] $text:text'],
  heads: ['search [for]', 'list'],
  slots: [
    '[for] $text:text',
    '[all] file (contains|that contains|with) [word] $text:text',
    '[word] $text:text',
    '[(in|through|for)] [all] file',
    '[(in|for)] [all] [file] $path:pattern [file]',
    '[in] [all] $format:format file',
    '[in] [all] $extension:pattern file',
    '[in] [all] file $extension:pattern',
    ...FOLDER,
    'ignore_case:ignore_case',
  ],
  needs: [['text']],
  plan(clause, draft) {
    const { slots } = clause;
    const at = draft.span;
    const given = slots['pattern'] === undefined ? undefined : workspacePath(textOf(slots['pattern']), at);
    if (given?.includes('*') === false && slots['folder'] !== undefined)
      throw new Refusal(at, 'two places are named to search in: search in each of them by itself');
    const place =
      given === undefined ? {} : given.includes('*') ? { pattern: given } : { path: given.replace(/\/$/, '') };
    const folder =
      slots['folder'] === undefined ? {} : { path: workspacePath(textOf(slots['folder']), at).replace(/\/$/, '') };
    const glob =
      slots['format'] === undefined
        ? {}
        : { pattern: `*.${textOf(slots['format']).replace('markdown', 'md').replace('text', 'txt')}` };
    const step = draft.add('search_files', {
      uses: 'file.search',
      with: {
        text: draft.literal(textOf(slots['text'])),
        ...place,
        ...folder,
        ...glob,
        ...(slots['ignore_case'] === true ? { ignore_case: true } : {}),
      },
    });
    draft.make({ labels: ['matches', 'search'], form: 'data', step, path: 'matches' });
  },
};
