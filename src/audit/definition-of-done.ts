import type { DeliverableDocument, DeliverableKind, SummaryDeliverable } from '../../schemas/audit/deliverables';
import type { Verdict } from '../../schemas/tool';
import type { WorkContext } from '../../schemas/audit/work-context';
import { analyse } from './analysis';
import { deliverableSchemas } from '../../schemas/audit/deliverables';
import { documentOf, knownOthers } from './deliver';
import { checkFigures } from './done/figures';
import { collector, type Report } from './done/finding';
import { checkHead } from './done/head';
import { checkRows } from './done/rows';
import { checkSchema } from './done/schema';
import { checkSums } from './done/sums';
import { renderReport } from './reports';
import type { Sorting } from './sorting';
import { isOffered, rankCauses } from './wording';

/**
 * Checks the definition of done: the document fits its schema and cites existing rows, its totals reconcile exactly
 * with the input, its parts add up, its sentences are those that the input gives, and the first ten lines of its report
 * hold what a reader needs. For a summary, the other deliverables agree. `report` is the Markdown as delivered; without
 * it, the document's own report is checked. `sorting`: rows that a model has sorted.
 */
export function checkDeliverable(
  kind: DeliverableKind,
  document: unknown,
  context: WorkContext,
  others?: { [kind: string]: unknown } | null,
  report?: string,
  sorting: Sorting = [],
): Verdict {
  const { report: find, findings } = collector();
  const verdict = (): Verdict => ({ accepted: findings().length === 0, findings: findings() });
  if (!Object.hasOwn(deliverableSchemas, kind)) {
    find('kind.unknown', `${String(kind)} is not a kind of deliverable`);
    return verdict();
  }
  if (!checkSchema(kind, document, find)) return verdict();

  const analysis = analyse(context, document.language, sorting);
  const rules = documentOf(kind, document, analysis, others ?? {});
  for (const { code, message, pointer } of isOffered(document, rules)) find(code, message, pointer);
  // an author may choose among the sentences that are offered, and the order of causes with the same weight
  const chosen = { ...rules, headline: document.headline, questions: document.questions };
  const expected = rankCauses(
    chosen,
    document.causes.map(({ id }) => id),
  );
  const joined = Object.keys(knownOthers(others ?? {})).length > 0;
  checkStatus(document, expected, find);
  checkRows(document, analysis.work, find);
  checkTotals(document, expected, find);
  checkSums(document, find);
  if (document.kind === 'summary') checkAgreement(document, joined ? (expected as SummaryDeliverable) : document, find);
  // faults are reported once; without the other deliverables, the figures that they state cannot be checked
  const reported = new Set(findings().flatMap(({ pointer }) => (pointer ? [pointer] : [])));
  checkFigures(
    expected,
    document,
    find,
    new Set([...reported, ...(joined ? [] : ['/reconciliation', '/joined', '/agreement'])]),
  );
  checkHead(report ?? renderReport(document, analysis.work.rows), expected, find);
  return verdict();
}

function checkStatus(document: DeliverableDocument, expected: DeliverableDocument, report: Report): void {
  if (document.status === expected.status) return;
  report(
    'status.wrong',
    expected.status === 'complete'
      ? 'the input allows a complete deliverable, but insufficient_data is stated'
      : 'the input does not allow a complete deliverable',
    '/status',
  );
}

function checkTotals(document: DeliverableDocument, expected: DeliverableDocument, report: Report): void {
  const compare = (stated: number | null, computed: number | null, at: string) => {
    if (stated !== computed) report('totals.mismatch', `${stated} is stated, the input gives ${computed}`, at);
  };
  compare(document.input.minutes, expected.input.minutes, '/input/minutes');
  for (const kind of ['minutes', 'cost'] as const)
    for (const level of ['as_given', 'per_period', 'per_year'] as const)
      compare(document.totals[kind][level], expected.totals[kind][level], `/totals/${kind}/${level}`);
}

function checkAgreement(document: SummaryDeliverable, expected: SummaryDeliverable, report: Report): void {
  expected.reconciliation.forEach(({ figure, input, stated, agree }, index) => {
    if (agree) return;
    const statements = stated.map(({ kind, value }) => `${kind} ${value}`).join(', ');
    report(
      'agreement.mismatch',
      `${figure}: the input gives ${input}, stated are ${statements}`,
      `/reconciliation/${index}`,
    );
  });
  if (document !== expected && document.joined.length !== expected.joined.length)
    report(
      'agreement.joined',
      `${document.joined.length} deliverables are joined, ${expected.joined.length} are there`,
      '/joined',
    );
}
