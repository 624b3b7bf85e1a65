import type { Draft } from '../../draft/draft';
import { workspacePath } from '../../draft/paths';
import { listedBy } from '../../draft/sources';
import type { Clause } from '../../family';
import { textOf } from '../../grammar/slots';
import { Refusal } from '../../refusal';
import type { FileSet } from '../../values/filesets';

/** A folder by its name, or files that are in one. */
const FILES = '($fileset:files|folder [called] $folder_name:files_in|$folder_name:files_in folder)';
const WORD = '[word] ($text:word|$code_word:word)';
const SOME = '(none:none|any:any|$comparison:size)';
const COUNTED = '[data|file|hits|noun|ones] [or_more]';

/** What is asked of the files of a folder, or of the words in them; `none` or `any` of them, or a number. */
export const FILE_TESTS = [
  // "there are any files in tmp/", "s'il y a des fichiers dans tmp"
  `there_is ${SOME} $fileset:files [in_there]`,
  // "the folder tmp is empty", "le dossier tmp n'est pas vide"
  `${FILES} be empty_list:none`,
  `${FILES} (be not empty_list:any|not [be] [not] empty_list:any|[be] filled_list:any)`,
  // "a listing of tmp/ shows one or more files"
  `[file] (list|data) [(of|in|from)] ${FILES} (gives|has|contains|counts|list) ${SOME} ${COUNTED}`,
  `${FILES} (has|contains|counts|gives) ${SOME} ${COUNTED}`,
  // "no file in logs contains the word X", "the word X occurs in any file of logs"
  `(none:none|any:any) $fileset:files (contains|has|gives) ${WORD}`,
  `${WORD} [be] [not:none] (found|occurs) [somewhere] (in|within|through) [any] ${FILES}`,
  `${WORD} not:none [be] (found|occurs) [somewhere] (in|within|through) [any] ${FILES}`,
  `search (for) ${WORD} (in|within|through) [any] ${FILES} (gives|has|list) ${SOME} ${COUNTED}`,
];

/** True for a condition on files. */
export const isOfFiles = ({ slots }: Clause): boolean =>
  slots['files'] !== undefined || slots['files_in'] !== undefined;

/** Has the files listed, or searched, unless they were; what is asked of their number is asked of that. */
export function lookAtFiles(draft: Draft, { slots }: Clause): void {
  const set = (slots['files'] ?? { folder: textOf(slots['files_in']) }) as FileSet;
  if (set.age !== undefined) throw new Refusal(draft.span, 'files are looked at by folder and pattern, not by age');
  const { word } = slots;
  const uses = word === undefined ? 'file.list' : 'file.search';
  const folder = set.folder === undefined ? {} : { path: workspacePath(set.folder, draft.span).replace(/\/$/, '') };
  const args = { ...folder, ...(set.pattern === undefined ? {} : { pattern: set.pattern }) };
  const text = word === undefined ? {} : { text: draft.literal(textOf(word)) };
  const isSame = (given: unknown): boolean => JSON.stringify(given) === JSON.stringify({ ...text, ...args });
  const before = draft.steps.all.find((step) => step.uses === uses && step.when === undefined && isSame(step.with));
  const step =
    before?.id ?? draft.add(word === undefined ? 'list_files' : 'search_files', { uses, with: { ...text, ...args } });
  if (word === undefined) listedBy(draft, step);
  else draft.make({ labels: ['matches', 'hits', 'occurrences'], form: 'data', step, path: 'matches' });
}
