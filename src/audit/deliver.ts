import type { DeliverableDocument, DeliverableKind } from '../../schemas/audit/deliverables';
import type { Language } from '../../schemas/language';
import type { WorkContext } from '../../schemas/audit/work-context';
import type { Others } from './agreement';
import { analyse, type Analysis } from './analysis';
import type { Brief } from './base-document';
import { cost } from './cost';
import { friction } from './friction';
import { renderReport } from './reports';
import { type Chart, CHART_FILE, chartOf, svgOf } from './reports/chart';
import { pageOf } from './reports/html';
import { rowTable } from './reports/xlsx';
import { scenario } from './scenarios';
import { summary } from './summary';
import type { Sorting } from './sorting';
import { timeWaste } from './time-waste';
import { reworded, type OfferedWording } from './wording';

export type { DeliverableKind } from '../../schemas/audit/deliverables';

/** An agent's order for a deliverable. `others` are the documents that a summary joins, by kind. */
export interface Commission extends Brief {
  context: WorkContext;
  language: Language;
  others?: { [kind: string]: unknown } | null;
  /** rows that a model has sorted, where one was asked */
  sorting?: Sorting;
  /** words of a model; null if a model was to be asked and gave none */
  wording?: OfferedWording | null;
}

export interface DeliverableFile {
  name: 'deliverable.json' | 'report.md' | 'rows.xlsx' | 'chart.svg' | 'report.html';
  media_type: string;
  bytes: Buffer;
}

export interface Delivery {
  document: DeliverableDocument;
  headline: string;
  status: 'complete' | 'insufficient_data';
  files: DeliverableFile[];
}

/** Makes a deliverable and its files: the document, its report, its chart, its rows, and for a summary all reports as one page. Pure: the same commission gives the same bytes. */
export async function deliver(kind: DeliverableKind, commission: Commission): Promise<Delivery> {
  const analysis = analyse(commission.context, commission.language, commission.sorting);
  const computed = documentOf(kind, commission, analysis, commission.others ?? {});
  const document = commission.wording === undefined ? computed : reworded(computed, commission.wording);
  const workbook = await rowTable(kind, analysis);
  const report = renderReport(document, analysis.work.rows);
  const chart = chartOf(document);
  return {
    document,
    headline: document.headline,
    status: document.status,
    files: [
      {
        name: 'deliverable.json',
        media_type: 'application/json',
        bytes: Buffer.from(`${JSON.stringify(document, null, 1)}\n`),
      },
      {
        name: 'report.md',
        media_type: 'text/markdown; charset=utf-8',
        bytes: Buffer.from(report),
      },
      {
        name: 'rows.xlsx',
        media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: workbook,
      },
      ...(chart ? [chartFile(chart)] : []),
      ...(document.kind === 'summary' ? [clientPage(document, report, commission.others ?? {}, analysis)] : []),
    ],
  };
}

function chartFile(chart: Chart): DeliverableFile {
  return { name: CHART_FILE, media_type: 'image/svg+xml', bytes: Buffer.from(svgOf(chart)) };
}

/** The five reports as one page, the summary first. */
function clientPage(
  summary: DeliverableDocument,
  report: string,
  others: { [kind: string]: unknown },
  { work }: Analysis,
): DeliverableFile {
  const joined = Object.values(knownOthers(others)).map((document) => ({
    document,
    markdown: renderReport(document, work.rows),
  }));
  const page = pageOf([{ document: summary, markdown: report }, ...joined]);
  return { name: 'report.html', media_type: 'text/html; charset=utf-8', bytes: Buffer.from(page) };
}

/** Computes the document alone, as material for questions about its words. */
export function compute(kind: DeliverableKind, commission: Commission): DeliverableDocument {
  return documentOf(
    kind,
    commission,
    analyse(commission.context, commission.language, commission.sorting),
    commission.others ?? {},
  );
}

/** Computes the document of a kind. */
export function documentOf(
  kind: DeliverableKind,
  brief: Brief,
  analysis: Analysis,
  others: { [kind: string]: unknown },
): DeliverableDocument {
  switch (kind) {
    case 'time_waste':
      return timeWaste(brief, analysis);
    case 'cost':
      return cost(brief, analysis);
    case 'friction':
      return friction(brief, analysis);
    case 'scenario':
      return scenario(brief, analysis);
    case 'summary':
      return summary(brief, analysis, knownOthers(others));
  }
}

/** Documents of the four kinds in a fixed order; others are left out. */
export function knownOthers(others: { [kind: string]: unknown }): Others {
  const known = ['time_waste', 'cost', 'friction', 'scenario'].filter((kind) => {
    const document = others[kind];
    return typeof document === 'object' && document !== null && (document as { kind?: unknown }).kind === kind;
  });
  return Object.fromEntries(known.map((kind) => [kind, others[kind]]));
}
