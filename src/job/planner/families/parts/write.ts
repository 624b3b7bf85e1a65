import type { JsonObject } from '../../../../../schemas/json';
import type { Draft } from '../../draft/draft';
import { formatOf, type Made } from '../../draft/made';
import { workspacePath } from '../../draft/paths';
import type { PlannedStep } from '../../draft/steps';
import { address } from '../../draft/urls';
import type { Clause } from '../../family';
import { textOf } from '../../grammar/slots';
import { Refusal } from '../../refusal';
import { slug } from '../../text/fold';
import { selectColumns } from '../columns';
import { shapeQuery } from './table';

/** Adding to what a file has, where the goal says so. */
export const modeOf = ({ slots }: Clause): JsonObject => (slots['append'] === true ? { mode: 'append' } : {});

/** Saves what a clause has read to the file that it names. */
export function saveTo(draft: Draft, made: Made, path: string, clause: Clause): void {
  save(draft, made, workspacePath(address(draft, path, draft.span), draft.span), clause);
}

/** Writes a thing in the format of a path. */
export function save(draft: Draft, made: Made, path: string, clause: Clause): void {
  const format = formatOf(path) ?? 'json';
  const keep = (step: string, mark = 'file') => {
    made.used = true;
    const file = draft.make({
      labels: [format, 'file', path],
      form: 'file',
      step,
      path: mark,
      file: { path, format },
      used: true,
    });
    draft.results.set(draft.steps.idFor(slug(path)), { step, path: 'path' });
    return file;
  };
  const { delimiter, sheet } = clause.slots;
  const named = clause.slots['columns'] as string[] | undefined;
  // a query of the plan reads these columns alone
  const columns = named !== undefined && shapeQuery(draft, made, { columns: named }) ? undefined : named;
  if (columns !== undefined && format !== 'csv' && format !== 'xlsx') made = selectColumns(draft, made, columns);
  const label = slug(made.labels.find(Boolean) ?? '') || 'result';
  const isShaped = delimiter !== undefined || sheet !== undefined || columns !== undefined;
  const isAsItIs = made.file?.format === format || (made.file?.format === 'binary' && made.file.path === undefined);
  if (made.file && isAsItIs && !isShaped && !made.rows) {
    const artifact = draft.artifact(made);
    if (artifact !== undefined) {
      keep(draft.add(`save_${label}`, { uses: 'file.write', with: { path, artifact, ...modeOf(clause) } }));
      return;
    }
  }
  const asked = made.step === undefined ? undefined : draft.steps.get(made.step);
  if (
    made.answer === true &&
    !made.file &&
    (['binary', 'html', 'text'].includes(format) || isDownload(asked)) &&
    asked?.with &&
    made.path === 'body'
  ) {
    // an answer that is no JSON is kept as the file that it is
    asked.with['response'] = 'file';
    keep(
      draft.add(`save_${label}`, {
        uses: 'file.write',
        with: { path, artifact: draft.template({ ...made, path: 'file' }), ...modeOf(clause) },
      }),
    );
    return;
  }
  // "convert plan.xlsx to plan.csv, the tab is named Week 12": the sheet is that of the workbook
  const isOfSource =
    sheet !== undefined && format === 'csv' && made.file?.format === 'xlsx' && made.file.sheet === undefined;
  if (isOfSource && made.file) {
    made.file = { ...made.file, sheet: textOf(sheet) };
    clause = { ...clause, slots: { ...clause.slots, sheet: undefined } };
  }
  const data = draft.data(made);
  if (format === 'binary')
    throw new Refusal(draft.span, `nothing here makes a file such as ${path}: name a .csv, .xlsx, .json, .md or .txt`);
  made.used = data.used = true;
  if (format === 'csv' || format === 'xlsx') {
    if (clause.slots['sheet'] !== undefined && format === 'csv')
      throw new Refusal(draft.span, 'a CSV file has no sheets: name a workbook, such as report.xlsx');
    if (slotsAppend(clause))
      throw new Refusal(draft.span, `rows cannot be added to a ${format} file: save them to a new one`);
    if (data.form === 'text' && format === 'xlsx')
      throw new Refusal(draft.span, 'a text has no rows for a workbook: save what it was made of');
    if (data.form === 'text') {
      keep(draft.add(`save_${label}`, { uses: 'file.write', with: { path, text: draft.template(data) } }));
      return;
    }
    const items =
      data.form === 'figure'
        ? `\${{ [{"${data.figure ?? 'value'}": ${draft.expression(data)}}] }}`
        : draft.template(data);
    keep(
      draft.add(`save_${label}`, {
        uses: `transform.to_${format}`,
        with: {
          items,
          save_as: path,
          ...(columns === undefined ? {} : { columns }),
          ...(delimiter === undefined ? {} : { delimiter: textOf(delimiter) }),
          ...(sheet === undefined || isOfSource ? {} : { sheet: textOf(sheet) }),
        },
      }),
    );
    return;
  }
  if (format === 'markdown' && data.form === 'data') {
    const step = draft.add(`save_${label}`, {
      uses: 'report.table',
      with: { items: draft.template(data), save_as: path },
    });
    draft.make({ labels: ['table', 'tableau'], form: 'text', step, path: 'markdown', used: true });
    keep(step, 'path');
    return;
  }
  const content = data.form === 'text' ? { text: draft.template(data) } : { json: draft.template(data) };
  keep(draft.add(`save_${label}`, { uses: 'file.write', with: { path, ...content, ...modeOf(clause) } }));
}

/** The address of a file by itself, whatever is in it: `…/exports/7/file`. */
const isDownload = (asked: PlannedStep | undefined): boolean => {
  const url = asked?.with?.['url'];
  return typeof url === 'string' && /\/(file|download|raw|fichier|telechargement)$/.test(url.replace(/[?#].*$/, ''));
};

const slotsAppend = ({ slots }: Clause): boolean => slots['append'] === true;
