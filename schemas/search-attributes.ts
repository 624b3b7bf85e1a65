/** Names of the attributes of runs in Temporal's index, which are keywords all of them. */
export const attributeNames = {
  /** the process: `audit` */
  kind: 'AweKind',
  /** the run's status */
  status: 'AweStatus',
  /** the id of its subject: the project */
  subject: 'AweSubject',
  /** of an execution of a workflow definition: `<id>@<version>` */
  definition: 'AweDefinition',
  /** of a re-run: the execution that it came from */
  rerunOf: 'AweRerunOf',
} as const;
