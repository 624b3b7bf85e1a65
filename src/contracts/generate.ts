import { join } from 'node:path';
import { findProjectRoot } from '../config';
import { PUBLISHED, writeSnapshot } from './snapshot';

/** `npm run schemas`: writes the published contracts from the code. */
const folder = join(process.argv[2] ?? findProjectRoot(), PUBLISHED);
const { incompatible, stale } = writeSnapshot(folder);
for (const sentence of incompatible) console.error(sentence);
if (incompatible.length > 0) process.exitCode = 1;
else console.log(stale.length > 0 ? `${folder}: ${stale.length} written` : `${folder} is up to date`);
