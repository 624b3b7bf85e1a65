import type { DeliverableDocument } from '../../../schemas/audit/deliverables';
import type { WorkedRow } from '../normalise';
import { costSections } from './cost';
import { frictionSections } from './friction';
import { headOf } from './head';
import { openPage } from './page';
import { scenarioSections } from './scenario';
import { basis, findings, flags, methods, methodsInShort, missing, questions, rework } from './shared-sections';
import { summarySections } from './summary';
import { timeWasteSections } from './time-waste';

/** A deliverable as Markdown, in its own language. `rows` lets it quote the texts of the rows that it lists. */
export function renderReport(document: DeliverableDocument, rows: readonly WorkedRow[] = []): string {
  const page = openPage(document, rows);
  const lines = [
    ...headOf(page),
    ...missing(page),
    ...(document.kind === 'summary' && document.causes.length > 0 ? [] : findings(page)),
    ...sectionsOf(document, rows),
    ...basis(page),
    ...(document.kind === 'summary' ? [] : flags(page)),
    ...rework(page),
    ...questions(page),
    ...(document.kind === 'summary' && document.joined.length > 0 ? methodsInShort(page) : methods(page)),
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
