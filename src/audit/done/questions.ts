import type { DeliverableDocument } from '../../../schemas/audit/deliverables';
import { checkQuestions } from '../../llm/questions';
import type { Report } from './finding';

/** Only a model may ask. Its questions are checked again, because a document may come from elsewhere. */
export function checkAsked({ questions, wording, language }: DeliverableDocument, report: Report): void {
  if (questions.length > 0 && wording?.by !== 'llm')
    report('questions.by_rules', 'there are questions, but no model has worded this document', '/questions');
  for (const { code, message, pointer } of checkQuestions(questions, language))
    report(`questions.${code}`, message, pointer);
}
