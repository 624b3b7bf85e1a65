import { SpreadsheetError } from '../../src/spreadsheets/errors';
import { readWorkbook } from '../../src/spreadsheets/read';
import { understand } from '../../src/order/understanding';
import type { Subject } from './run';

/** The subject under test: the reader and the understanding of orders, joined as in an order's workflow. */
export const subject: Subject = async (path, file, language) => {
  try {
    return understand(await readWorkbook(path), { file, language });
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    return {
      outcome: 'refused',
      reason: { code: error.code, message: error.text },
      lines: [],
      facts: {},
      anomalies: [],
    };
  }
};
