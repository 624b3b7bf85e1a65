import type { DeliverableDocument } from '../../../schemas/audit/deliverables';
import { CITED_IN_HEAD, unexplainedInHead } from '../reports/head';
import { escapeText } from '../reports/markdown';
import { openPage } from '../reports/page';
import type { Report } from './finding';

const LINES = 10;

/** Checks the first ten lines for total minutes, three causes with share and rows, yearly cost and one sum. */
export function checkHead(text: string, expected: DeliverableDocument, report: Report): void {
  const lines = text.split(/\r?\n/).slice(0, LINES);
  const head = lines.join('\n');
  const page = openPage(expected, []);
  const { totals, causes, recommendation } = expected;
  const needs = (what: string, present: boolean) => {
    if (!present) report('report.head', `the first ${LINES} lines of the report lack ${what}`);
  };
  if (totals.minutes.as_given !== null)
    needs('the total minutes', head.includes(page.minutes(totals.minutes.as_given)));
  if (totals.cost.per_year !== null) needs('the yearly cost', head.includes(page.money(totals.cost.per_year)));
  const parts = [
    ...causes.map((cause) => ({ ...cause, what: `cause ${cause.rank}` })),
    ...unexplainedInHead(expected).map((part, index) => ({
      ...part,
      name: part.category,
      what: `work ${index + 1} without a known cause`,
    })),
  ];
  for (const { what, name, share, rows } of parts) {
    const line = lines.find(
      (candidate) => candidate.includes(escapeText(name, 60)) && candidate.includes(page.format.percent(share)),
    );
    needs(`${what} with its share`, line !== undefined);
    const cited = rows.slice(0, CITED_IN_HEAD);
    needs(
      `the rows of ${what}`,
      line !== undefined && cited.every((row) => new RegExp(`(?<!\\d)${row}(?!\\d)`).test(line)),
    );
  }
  if (recommendation.sum !== null) needs('the recommendation’s sum', head.includes(page.money(recommendation.sum)));
}
