import { defineSearchAttributeKey } from '@temporalio/common';

/** Index attributes of every run. Registered by `awe up`, and checked when a worker starts. */
export const searchAttributes = {
  /** the process: `audit` */
  kind: defineSearchAttributeKey('AweKind', 'KEYWORD'),
  /** the run's status */
  status: defineSearchAttributeKey('AweStatus', 'KEYWORD'),
  /** the id of its subject: the project */
  subject: defineSearchAttributeKey('AweSubject', 'KEYWORD'),
  /** of an execution of a workflow definition: `<id>@<version>` */
  definition: defineSearchAttributeKey('AweDefinition', 'KEYWORD'),
} as const;
