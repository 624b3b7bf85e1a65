import type { PureTool } from '../pure/define';
import { renderTemplateTool } from './render/template';
import { reportChecklist } from './report/checklist';
import { reportSummary } from './report/summary';
import { reportTable } from './report/table';
import { transformApply } from './transform/apply';
import { transformFromCsv, transformToCsv } from './transform/csv';
import { transformFilter } from './transform/filter';
import { transformAggregate, transformGroup } from './transform/group';
import { transformJoin } from './transform/join';
import { transformJsonata, transformParseJson } from './transform/jsonata';
import { transformSelect } from './transform/select';
import { transformDistinct, transformSort } from './transform/sort';
import { transformFromXlsx, transformToXlsx } from './transform/xlsx';

/** Tools that compute an output from an input, and may do so in threads. */
export const pureTools: readonly PureTool[] = [
  transformFilter,
  transformSelect,
  transformGroup,
  transformAggregate,
  transformJoin,
  transformSort,
  transformDistinct,
  transformJsonata,
  transformParseJson,
  transformFromCsv,
  transformToCsv,
  transformFromXlsx,
  transformToXlsx,
  transformApply,
  renderTemplateTool,
  reportChecklist,
  reportSummary,
  reportTable,
];
