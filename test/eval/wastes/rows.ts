import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { languages } from '../../../schemas/language';
import { validatorFor } from '../../../src/contracts/validators';
import { wastes } from '../../../src/audit/lexicon/topics';

/** A waste, or `unclassified`. */
export type Label = (typeof wastes)[number] | 'unclassified';

/** A public row of work. Its text is not ours, so it is read from a folder that is not committed. */
const Row = Type.Object({
  id: Type.String(),
  source: Type.String(),
  language: Type.Enum([...languages]),
  title: Type.String(),
  category: Type.Union([Type.String(), Type.Null()]),
});
export type Row = Static<typeof Row>;

const Labels = Type.Object({
  id: Type.String(),
  source: Type.String(),
  place: Type.String(),
  sha256: Type.String(),
  readers: Type.Array(Type.Enum([...wastes, 'unclassified']), { minItems: 2, maxItems: 2 }),
});

/** A row with the labels of two independent readers. */
export interface Labelled extends Row {
  readers: Label[];
  /** `learn`: the half whose mistakes may be looked at; `judge`: the other */
  half: 'learn' | 'judge';
}

/**
 * Reads the rows in `folder`/rows.jsonl with the committed labels in `home`/labels.jsonl.
 * @throws Error that names the first row which is not the one that was labelled
 */
export async function readLabelled(folder: string, home: string): Promise<Labelled[]> {
  const rows = new Map((await readLines(join(folder, 'rows.jsonl'), Row)).map((row) => [row.id, row]));
  const labels = await readLines(join(home, 'labels.jsonl'), Labels);
  const judged = halfOf(labels);
  return labels.map(({ id, sha256, readers }) => {
    const row = rows.get(id);
    if (!row) throw new Error(`${folder}/rows.jsonl has no row ${id}.`);
    if (hash(row.title) !== sha256)
      throw new Error(`Row ${id} of ${folder}/rows.jsonl is not the row that was labelled.`);
    return { ...row, readers, half: judged.has(id) ? 'judge' : 'learn' };
  });
}

/** Every second row of each source, in the order of the hashes of their ids. */
function halfOf(labels: readonly { id: string; source: string }[]): Set<string> {
  const sources = [...new Set(labels.map(({ source }) => source))];
  const ids = sources.flatMap((of) =>
    labels
      .filter(({ source }) => source === of)
      .map(({ id }) => ({ id, key: hash(id) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .filter((_, index) => index % 2 === 1),
  );
  return new Set(ids.map(({ id }) => id));
}

async function readLines<T extends ReturnType<typeof Type.Object>>(path: string, schema: T): Promise<Static<T>[]> {
  const validate = validatorFor(schema);
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    const checked = validate(JSON.parse(line));
    if (!checked.ok) throw new Error(`${path}, line ${index + 1}: ${checked.errors[0]?.message ?? 'not a row'}`);
    return checked.value;
  });
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
