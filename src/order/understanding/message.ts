import type { Anomaly } from '../../../schemas/order/order';

import type { Bilingual } from '../../../schemas/language';

/** Words of a finding, with what to do about it. */
export interface Message {
  severity: Severity;
  en: string;
  fr: string;
  /** advice to the reader */
  fix?: Bilingual;
}

export type Severity = Anomaly['severity'];
