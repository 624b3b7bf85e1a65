import { defineSearchAttributeKey } from '@temporalio/common';
import { attributeNames } from '../../schemas/search-attributes';

/** Index attributes of every run. Registered by `awe up`, and checked when a worker starts. */
export const searchAttributes = {
  kind: defineSearchAttributeKey(attributeNames.kind, 'KEYWORD'),
  status: defineSearchAttributeKey(attributeNames.status, 'KEYWORD'),
  subject: defineSearchAttributeKey(attributeNames.subject, 'KEYWORD'),
  definition: defineSearchAttributeKey(attributeNames.definition, 'KEYWORD'),
  rerunOf: defineSearchAttributeKey(attributeNames.rerunOf, 'KEYWORD'),
} as const;
