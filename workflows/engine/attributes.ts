import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { attributeNames } from '../../schemas/search-attributes';

/** Attributes of runs in Temporal's index, as workflows write them. */
export const STATUS = defineSearchAttributeKey(attributeNames.status, 'KEYWORD');

const KIND = defineSearchAttributeKey(attributeNames.kind, 'KEYWORD');
const SUBJECT = defineSearchAttributeKey(attributeNames.subject, 'KEYWORD');
const DEFINITION = defineSearchAttributeKey(attributeNames.definition, 'KEYWORD');

/** Those of an execution of a definition, `<id>@<version>`. */
export const executionAttributes = (executionId: string, definition: string): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: KIND, value: 'definition' },
    { key: STATUS, value: 'running' },
    { key: SUBJECT, value: executionId },
    { key: DEFINITION, value: definition },
  ]);
