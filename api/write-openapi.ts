import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../src/config';
import { openApiDocument } from './openapi';
import { contractList } from './parts';

/** The description of the API as it is committed; clients are generated from it. */
export const OPENAPI_FILE = 'docs/openapi.json';

export const renderOpenApi = (): string => `${JSON.stringify(openApiDocument(contractList, '1'), null, 1)}\n`;

/** `npm run schemas`: writes the description from the contracts. */
if (require.main === module) writeFileSync(join(findProjectRoot(), OPENAPI_FILE), renderOpenApi());
