import { stemOf } from '../draft/draft';
import { formatOf } from '../draft/made';
import type { Draft } from '../draft/draft';
import type { Format } from '../reading';
import { open, openEach } from '../draft/sources';
import type { Clause, Family } from '../family';
import { Refusal } from '../refusal';
import { workspacePath } from '../draft/paths';
import { textOf } from '../grammar/slots';
import { FILE_TOOLS, listFilesFamily } from './files';
import { fileBefore } from './parts/spoken-file';
import { saveTo } from './parts/write';

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
    draft.after(step, from, FILE_TOOLS);
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
