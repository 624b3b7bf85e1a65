import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../../schemas/tool';
import { findIncompatibilities } from './compatibility';
import { contracts as current, fileName, fileText, type Contract } from './json-schema';

/** The folder of the published contracts, from the root of the project. */
export const PUBLISHED = join('schemas', 'json');

/** The published contracts compared with the code, in sentences that tell what to do. */
export interface SnapshotReport {
  /** changes that break users of a published contract */
  incompatible: string[];
  /** files behind the code: `npm run schemas` writes them */
  stale: string[];
}

/** Compares the contracts of the code with the published files in `folder`. */
export function inspect(folder: string, contracts: Contract[] = current()): SnapshotReport {
  const files = new Map(listPublished(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const report: SnapshotReport = { incompatible: [], stale: [] };
  for (const contract of contracts) {
    const file = fileName(contract);
    const text = files.get(file);
    files.delete(file);
    if (text === fileText(contract)) continue;
    report.stale.push(text === undefined ? `${file} is not written yet` : `${file} is stale`);
    if (text === undefined) continue;
    const broken = findIncompatibilities(JSON.parse(text) as JsonSchema, contract.schema);
    if (broken.length > 0) report.incompatible.push(remedyFor(contract, broken));
  }
  for (const file of files.keys()) {
    const name = file.replace(/\.v\d+\.schema\.json$/, '');
    if (!contracts.some((contract) => contract.name === name)) {
      report.incompatible.push(`${file} is published, but ${name} is gone from the code: bring it back.`);
    }
  }
  return report;
}

/** Writes the files of all contracts unless one of them breaks what is published; older versions stay as they are. */
export function writeSnapshot(folder: string, contracts: Contract[] = current()): SnapshotReport {
  mkdirSync(folder, { recursive: true });
  const report = inspect(folder, contracts);
  if (report.incompatible.length > 0) return report;
  for (const contract of contracts) writeFileSync(join(folder, fileName(contract)), fileText(contract));
  return report;
}

const listPublished = (folder: string): string[] => readdirSync(folder).filter((file) => file.endsWith('.schema.json'));

const remedyFor = ({ name, version }: Contract, broken: string[]): string =>
  `${name} breaks its published version ${version}: ${broken.join('; ')}. Raise its version to ${version + 1} and keep ` +
  `${fileName({ name, version })}, then run npm run schemas. (If version ${version} was never released, delete its file instead.)`;
