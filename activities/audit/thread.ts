/** Code of a thread of `analysts.ts`: the analysis, off the event loop that serves everybody else. */
import type { DeliverableDocument, DeliverableKind } from '../../schemas/audit/deliverables';
import type { Verdict } from '../../schemas/tool';
import type { WorkContext } from '../../schemas/audit/work-context';
import { checkDeliverable } from '../../src/audit/definition-of-done';
import * as maker from '../../src/audit/deliver';

/** Input of the definition of done. `report` is the deliverable's Markdown. */
export interface Examination {
  kind: DeliverableKind;
  document: unknown;
  context: WorkContext;
  others: { [kind: string]: unknown };
  report: string;
}

export async function deliver({
  kind,
  commission,
}: {
  kind: DeliverableKind;
  commission: maker.Commission;
}): Promise<maker.Delivery> {
  return await maker.deliver(kind, commission);
}

export function compute({
  kind,
  commission,
}: {
  kind: DeliverableKind;
  commission: maker.Commission;
}): DeliverableDocument {
  return maker.compute(kind, commission);
}

export function examine({ kind, document, context, others, report }: Examination): Verdict {
  return checkDeliverable(kind, document, context, others, report);
}
