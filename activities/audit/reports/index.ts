import type { DeliverableDocument } from '../../../schemas/deliverables';
import type { WorkedRow } from '../normalise';
import { costSections } from './cost';
import { frictionSections } from './friction';
import { headOf } from './head';
import { openPage } from './page';
import { scenarioSections } from './scenario';
import { basis, findings, flags, methods, missing, rework } from './shared-sections';
import { summarySections } from './summary';
import { timeWasteSections } from './time-waste';

/** A deliverable as Markdown, in its own language. `rows` lets it quote the texts of the rows that it lists. */
export function renderReport(document: DeliverableDocument, rows: readonly WorkedRow[] = []): string {
  const page = openPage(document, rows);
  const lines = [
    ...headOf(page),
    ...missing(page),
    ...sectionsOf(document, rows),
    ...(document.kind === 'summary' ? [] : findings(page)),
    ...basis(page),
    ...flags(page),
    ...rework(page),
    ...methods(page),
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
