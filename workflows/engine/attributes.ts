import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';

/** Attributes of runs in Temporal's index, as workflows write them; `src/temporal/search-attributes.ts` has them all. */
export const STATUS = defineSearchAttributeKey('AweStatus', 'KEYWORD');

const KIND = defineSearchAttributeKey('AweKind', 'KEYWORD');
const SUBJECT = defineSearchAttributeKey('AweSubject', 'KEYWORD');
const DEFINITION = defineSearchAttributeKey('AweDefinition', 'KEYWORD');

/** Those of an execution of a definition, `<id>@<version>`. */
export const executionAttributes = (executionId: string, definition: string): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: KIND, value: 'definition' },
    { key: STATUS, value: 'running' },
    { key: SUBJECT, value: executionId },
    { key: DEFINITION, value: definition },
  ]);
