import type { DeliverableDocument } from '../../../schemas/audit/deliverables';
import type { WorkedRow } from '../normalise';
import { costSections } from './cost';
import { frictionSections } from './friction';
import { headOf } from './head';
import { openPage } from './page';
import { scenarioSections } from './scenario';
import {
  adviceSection,
  basisSection,
  findingsSection,
  flagsSection,
  methodsSection,
  methodsInShortSection,
  missingSection,
  questionsSection,
  reworkSection,
} from './shared-sections';
import { summarySections } from './summary';
import { timeWasteSections } from './time-waste';

/** A deliverable as Markdown, in its own language. `rows` lets it quote the texts of the rows that it lists. */
export function renderReport(document: DeliverableDocument, rows: readonly WorkedRow[] = []): string {
  const page = openPage(document, rows);
  const lines = [
    ...headOf(page),
    ...missingSection(page),
    ...adviceSection(page),
    ...(document.kind === 'summary' && document.causes.length > 0 ? [] : findingsSection(page)),
    ...sectionsOf(document, rows),
    ...basisSection(page),
    ...(document.kind === 'summary' ? [] : flagsSection(page)),
    ...reworkSection(page),
    ...questionsSection(page),
    ...(document.kind === 'summary' && document.joined.length > 0 ? methodsInShortSection(page) : methodsSection(page)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function sectionsOf(document: DeliverableDocument, rows: readonly WorkedRow[]): string[] {
  switch (document.kind) {
    case 'time_waste':
      return timeWasteSections(openPage(document, rows));
    case 'cost':
      return costSections(openPage(document, rows));
    case 'friction':
      return frictionSections(openPage(document, rows));
    case 'scenario':
      return scenarioSections(openPage(document, rows));
    case 'summary':
      return summarySections(openPage(document, rows));
  }
}
