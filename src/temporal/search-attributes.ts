import { defineSearchAttributeKey } from '@temporalio/common';

/** What every run is indexed by. Registered by `awe up`, and checked when a worker starts. */
export const searchAttributes = {
  /** the process: `audit` */
  kind: defineSearchAttributeKey('AweKind', 'KEYWORD'),
  /** the run's status */
  status: defineSearchAttributeKey('AweStatus', 'KEYWORD'),
  /** the id of what it is about: the project */
  subject: defineSearchAttributeKey('AweSubject', 'KEYWORD'),
} as const;
