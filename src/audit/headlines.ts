import type { DeliverableDocument } from '../../schemas/audit/deliverables';
import type { Sentence } from '../llm/choices';
import { openPage } from './reports/page';
import { shortName } from './format';

/** Headlines that a document may have. The first is that of the rules; all are written by code, figures included. */
export function headlinesOf(document: DeliverableDocument): Sentence[] {
  const { say, minutes, money, format, level } = openPage(document, []);
  const { totals, causes, recommendation } = document;
  const found: Sentence[] = [{ id: 'rules', text: document.headline }];
  const year = totals.cost.per_year;
  if (totals.minutes.as_given !== null) {
    const total = `${minutes(totals.minutes.as_given)} minutes ${level.as_given}`;
    found.push({
      id: 'total',
      text: year === null ? total : say(`${total}, ${money(year)} a year`, `${total}, soit ${money(year)} par an`),
    });
  }
  const [first] = causes;
  if (first) {
    const part = say(
      `${shortName(first.name)} takes ${format.percent(first.share)} of the minutes`,
      `${shortName(first.name)}\u202f: ${format.percent(first.share)} des minutes`,
    );
    const cost = first.figures.cost.per_year;
    found.push({
      id: 'cause',
      text: cost === null ? part : say(`${part}, ${money(cost)} a year`, `${part}, ${money(cost)} par an`),
    });
  }
  if (recommendation.sum_is === 'likely_saving_per_year' && recommendation.sum)
    found.push({
      id: 'saving',
      text: say(
        `The first step likely saves ${money(recommendation.sum)} a year`,
        `La première étape ferait gagner environ ${money(recommendation.sum)} par an`,
      ),
    });
  return found;
}
