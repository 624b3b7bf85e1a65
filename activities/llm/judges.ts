import { judgeRowsQuestion } from '../../src/audit/rows-question';
import { judgeWording } from '../../src/audit/wording';
import { judgeReply } from '../../src/order/reply';
import { judgeStructures } from '../../src/order/structure';
import type { Judge } from './tools';

/** What answers are held against, by task. */
export const judges: Readonly<Record<string, Judge>> = {
  'audit.question': judgeRowsQuestion,
  'audit.wording': judgeWording,
  'order.reply': judgeReply,
  'order.structure': judgeStructures,
};
