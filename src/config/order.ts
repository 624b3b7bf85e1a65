import { duration, oneOf } from './kinds';
import { section, type ValuesOf } from './sections';

const orders = section('Orders');

/** Variables of orders. */
export const orderVariables = {
  ORDER_REMIND_AFTER: orders.defaulted(
    duration('4h'),
    '4h',
    'People are reminded of an order that waits for validation after this time.',
  ),
  ORDER_ESCALATE_AFTER: orders.defaulted(duration('24h'), '24h', 'It is escalated after this time.'),
  ORDER_EXPIRE_AFTER: orders.defaulted(duration('14d'), '14d', 'It expires after this time, and nothing is exported.'),
  ORDER_FOUR_EYES: orders.defaulted(
    oneOf('on', 'off'),
    'off',
    '`on`: an order must be approved by somebody other than its sender, and decisions by bare signal never count.',
  ),
  ORDER_CSV_SEPARATOR: orders.defaulted(
    oneOf('semicolon', 'comma', 'tab'),
    'semicolon',
    'The separator of columns in an exported CSV.',
  ),
  ORDER_CSV_DECIMAL: orders.defaulted(
    oneOf('comma', 'point'),
    'comma',
    'The decimal mark of figures in an exported CSV.',
  ),
  ORDER_CSV_BOM: orders.defaulted(
    oneOf('on', 'off'),
    'on',
    '`on`: an exported CSV begins with a byte order mark, by which Excel recognises UTF-8.',
  ),
  ORDER_CSV_NEWLINE: orders.defaulted(oneOf('crlf', 'lf'), 'crlf', 'The line ending of an exported CSV.'),
};

const separators = { semicolon: ';', comma: ',', tab: '\t' } as const;

/** Settings of orders. Times are milliseconds. */
export const orderConfig = (values: ValuesOf<typeof orderVariables>) => ({
  remindAfterMs: values.ORDER_REMIND_AFTER,
  escalateAfterMs: values.ORDER_ESCALATE_AFTER,
  expireAfterMs: values.ORDER_EXPIRE_AFTER,
  fourEyes: values.ORDER_FOUR_EYES === 'on',
  csv: {
    separator: separators[values.ORDER_CSV_SEPARATOR],
    decimal: values.ORDER_CSV_DECIMAL === 'comma' ? (',' as const) : ('.' as const),
    bom: values.ORDER_CSV_BOM === 'on',
    newline: values.ORDER_CSV_NEWLINE === 'crlf' ? ('\r\n' as const) : ('\n' as const),
  },
});
