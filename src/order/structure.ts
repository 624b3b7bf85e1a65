import { Type } from 'typebox';
import type { Json, JsonObject } from '../../schemas/json';
import type { LlmQuestion } from '../../schemas/llm-call';
import { TableStructure, type Anomaly, type FileReading } from '../../schemas/order/order';
import type { Finding } from '../../schemas/tool';
import { validatorFor } from '../contracts/validators';
import { promptRef, type Prompt } from '../llm/prompt';
import { anomaly } from './understanding/anomaly';
import { isDoubt, isUncertain } from './uncertain';
import { columnName } from './understanding/text';

type Sketch = FileReading['sketch'];

/** Answers that a model may give: the structure of tables, and no value. */
const Proposal = Type.Object(
  { structures: Type.Array(TableStructure, { maxItems: 10 }) },
  { additionalProperties: false },
);
const proposal = validatorFor(Proposal);
const EVIDENCE = 20;

/** Beginnings of the sheets in doubt; sheets that were read with certainty are not questioned. */
export function doubtfulSheets({ outcome, sheets, anomalies, sketch }: FileReading): Sketch {
  const names =
    outcome === 'order'
      ? anomalies.filter(isDoubt).flatMap(({ evidence }) => evidence.flatMap(({ sheet }) => sheet ?? []))
      : sheets.filter(({ role }) => role === 'not_an_order').map(({ name }) => name);
  return sketch.filter(({ sheet, rows }) => names.includes(sheet) && rows.length > 0);
}

/** Question to a model about an uncertain reading; undefined if there is nothing to show. */
export function structureQuestion(reading: FileReading, prompt: Prompt): LlmQuestion | undefined {
  const sheets = isUncertain(reading) ? doubtfulSheets(reading) : [];
  if (sheets.length === 0) return undefined;
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify({ sheets }) },
    ],
    schema: JSON.parse(JSON.stringify({ ...Proposal, properties: { structures: listed } })) as JsonObject,
    max_tokens: 4_000,
    facts: { sheets } as unknown as Json,
  };
}

/** Without the `$id`: outside this program it refers to nothing. */
const listed = { ...Proposal.properties.structures, items: { ...TableStructure, $id: undefined } };

/** Faults of proposed structures. @param given `{sheets}` as shown to the model */
export function judgeStructures(value: Json, given: Json): Finding[] {
  const checked = proposal(value);
  if (!checked.ok) return [{ code: 'schema', message: 'it is not a list of structures' }];
  const { sheets } = given as { sheets: Sketch };
  const { structures } = checked.value;
  return structures.flatMap((structure, i) => {
    const pointer = `/structures/${i}`;
    const shares = structures.slice(0, i).some((other) => overlap(other, structure));
    return [
      ...faultsOf(structure, sheets),
      ...(shares ? [['overlap', 'it shares cells with a structure before it'] as const] : []),
    ].map(([code, message]) => ({ code, message, pointer }));
  });
}

function faultsOf({ sheet: name, header_rows, first_row, last_row, layout, columns }: TableStructure, sheets: Sketch) {
  const sheet = sheets.find((one) => one.sheet === name);
  if (!sheet) return [['sheet', 'there is no such sheet'] as const];
  const faults: (readonly [string, string])[] = [];
  const rows = sheet.rows.map(({ row }) => row);
  const lastColumn = Math.max(0, ...sheet.rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
  if ([...header_rows, first_row, last_row].some((row) => row < Math.min(...rows) || row > Math.max(...rows)))
    faults.push(['rows', 'a row lies outside the rows that were shown']);
  if (first_row > last_row || header_rows.some((row) => row >= first_row))
    faults.push(['order', 'header rows come before first_row, and first_row does not come after last_row']);
  if (columns.some(({ column }) => column > lastColumn))
    faults.push(['columns', 'a column lies outside the columns that were shown']);
  if (new Set(columns.map(({ column }) => column)).size < columns.length)
    faults.push(['columns', 'a column has two roles']);
  const quantities = columns.filter(({ role }) => role === 'quantity').length;
  if (quantities === 0) faults.push(['quantity', 'no column is the quantity; leave the structure out']);
  const single = columns.map(({ role }) => role).filter((role) => !several.includes(role));
  const counted = layout === 'rows' ? single : single.filter((role) => role !== 'quantity');
  if (new Set(counted).size < counted.length) faults.push(['roles', 'two columns have the same role']);
  if (layout === 'matrix' && header_rows.length === 0) faults.push(['matrix', 'a matrix needs a header row']);
  return faults;
}

const several: readonly string[] = ['ignore', 'note'];

/** Rows in two tables would be ordered twice. */
function overlap(a: TableStructure, b: TableStructure): boolean {
  const columns = new Set(a.columns.map(({ column }) => column));
  return (
    a.sheet === b.sheet &&
    a.first_row <= b.last_row &&
    b.first_row <= a.last_row &&
    b.columns.some(({ column }) => columns.has(column))
  );
}

const LAST_ROW = 1_048_576;

/**
 * Structures that may be used; undefined if there are none or they have a fault. A table that reaches the end of the
 * sketch goes on to the end of its sheet, because a sketch shows only the beginning.
 */
export function usableStructures(value: Json, before: FileReading): TableStructure[] | undefined {
  const sheets = doubtfulSheets(before);
  if (judgeStructures(value, { sheets }).length > 0) return undefined;
  const { structures } = value as unknown as { structures: TableStructure[] };
  if (structures.length === 0) return undefined;
  return structures.map((structure) => {
    const end = sheets.find(({ sheet }) => sheet === structure.sheet)?.rows.at(-1)?.row ?? LAST_ROW;
    return { ...structure, last_row: structure.last_row >= end ? LAST_ROW : structure.last_row };
  });
}

/** The new reading with a note to the reviewer; undefined if it is no better or leaves rows out. */
export function acceptProposal(
  before: FileReading,
  after: FileReading,
  structures: readonly TableStructure[],
): FileReading | undefined {
  if (after.outcome !== 'order' || isUncertain(after)) return undefined;
  const rows = rowsOf(after);
  if ([...rowsOf(before)].some((row) => !rows.has(row))) return undefined;
  return { ...after, anomalies: [...after.anomalies, ...structures.map((one) => proposalAnomaly(one, before))] };
}

/** Rows of a file that became lines; a unit or a day may come from a heading, the quantity never does. */
const rowsOf = ({ lines }: FileReading): Set<string> =>
  new Set(
    lines.flatMap(({ quantity, reference, ean, description }) => {
      const from = (quantity ?? reference ?? ean ?? description)?.from;
      const row = from?.cell === undefined ? undefined : /^[A-Z]+(\d+)/.exec(from.cell)?.[1];
      return row === undefined ? [] : [`${from?.sheet ?? ''}!${row}`];
    }),
  );

function proposalAnomaly(
  { sheet, header_rows, first_row, columns }: TableStructure,
  { file, sketch }: FileReading,
): Anomaly {
  const shown = sketch.find((one) => one.sheet === sheet)?.rows ?? [];
  const heads = header_rows.length > 0 ? header_rows : [first_row];
  const used = columns.filter(({ role }) => role !== 'ignore');
  const evidence = heads.flatMap((row) =>
    used.flatMap(({ column }) => {
      const text = shown.find((one) => one.row === row)?.cells.find((cell) => cell.column === column)?.text;
      return text === undefined ? [] : [{ file, sheet, cell: `${columnName(column)}${row}`, text }];
    }),
  );
  const quantities = used.filter(({ role }) => role === 'quantity').map(({ column }) => columnName(column));
  return anomaly({
    code: 'columns.proposed',
    evidence: evidence.slice(0, EVIDENCE),
    words: { text: sheet, columns: quantities.join(', ') },
  });
}
