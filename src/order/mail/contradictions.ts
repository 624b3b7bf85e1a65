import type { Anomaly, FileReading, OrderFacts } from '../../../schemas/order/order';
import type { Letter } from '../letter';

/** Differences between a mail and its order: another sender than the form's, another day of delivery than a file's. */
export function contradictions(letter: Letter, facts: OrderFacts, readings: FileReading[]): Anomaly[] {
  const day = facts.delivery_date?.value;
  return readings.flatMap(({ file, outcome, sender, facts: { delivery_date: proposed } }) => {
    if (outcome !== 'mail') return [];
    const differs = sender !== undefined && sender.toLowerCase() !== letter.from_email.toLowerCase();
    return [
      ...(differs ? [otherSender(file, sender, letter.from_email)] : []),
      ...(proposed && day !== undefined && proposed.value !== day ? [otherDay(proposed, day)] : []),
    ];
  });
}

const otherSender = (file: string, sender: string, given: string): Anomaly => ({
  ...{ code: 'mail.sender_differs', severity: 'warning', path: '/from_email' },
  evidence: [{ file, text: `From: ${sender}`.slice(0, 500) }],
  message: {
    en: `${file} comes from ${sender}, and the order was handed in for ${given}, which counts.`,
    fr: `${file} vient de ${sender}, et la commande a été remise pour ${given}, qui compte.`,
  },
});

const otherDay = ({ value, from }: NonNullable<OrderFacts['delivery_date']>, day: string): Anomaly => ({
  ...{ code: 'mail.date_differs', severity: 'warning', path: '/delivery/date', evidence: from ? [from] : [] },
  message: {
    en: `The words of the mail name ${value} as the day of delivery, and a file ${day}, which goes before it.`,
    fr: `Le texte du courriel nomme le ${value} comme jour de livraison, et un fichier le ${day}, qui passe avant.`,
  },
});
