import { duration } from './kinds';
import { PEOPLE, section, type ValuesOf } from './sections';

const people = section(PEOPLE);

/** Variables of audits. */
export const auditVariables = {
  AWE_CLARIFICATION_REMIND_AFTER: people.defaulted(
    duration('4h'),
    '4h',
    'A question without an answer is asked again after this time.',
  ),
  AWE_CLARIFICATION_ESCALATE_AFTER: people.defaulted(duration('24h'), '24h', 'It is escalated after this time.'),
  AWE_CLARIFICATION_EXPIRE_AFTER: people.defaulted(
    duration('7d'),
    '7d',
    'It expires after this time, and the project goes on without an answer.',
  ),
};

/** Settings of the questions that an audit asks. Times are milliseconds. */
export const clarificationConfig = (values: ValuesOf<typeof auditVariables>) => ({
  remindAfterMs: values.AWE_CLARIFICATION_REMIND_AFTER,
  escalateAfterMs: values.AWE_CLARIFICATION_ESCALATE_AFTER,
  expireAfterMs: values.AWE_CLARIFICATION_EXPIRE_AFTER,
});
