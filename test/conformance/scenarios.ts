/** Scenarios of the suite that apply to what AWE has. */

export interface Scenario {
  name: string;
  versions: readonly string[];
  /** checks that cannot be met, and why */
  without?: Readonly<Record<string, string>>;
}

const OLD = '2025-11-25';
const NEW = '2026-07-28';
const both = [OLD, NEW];

const asksNothing = 'no tool of AWE asks its client for anything in return';

/** AWE as a server. */
export const serverScenarios: readonly Scenario[] = [
  { name: 'server-initialize', versions: [OLD] },
  { name: 'ping', versions: [OLD] },
  { name: 'tools-list', versions: both },
  { name: 'tools-call-simple-text', versions: both },
  { name: 'tools-call-error', versions: both },
  { name: 'tools-call-with-progress', versions: both },
  { name: 'json-schema-2020-12', versions: both },
  { name: 'resources-list', versions: both },
  { name: 'resources-read-text', versions: both },
  { name: 'resources-read-binary', versions: both },
  { name: 'resources-templates-read', versions: both },
  { name: 'dns-rebinding-protection', versions: both },
  { name: 'server-sse-multiple-streams', versions: [NEW] },
  { name: 'sep-2164-resource-not-found', versions: [NEW] },
  { name: 'http-header-validation', versions: [NEW] },
  {
    name: 'caching',
    versions: [NEW],
    without: { 'sep-2549-prompts-list-caching-hints': 'AWE has no prompts' },
  },
  {
    name: 'server-stateless',
    versions: [NEW],
    without: {
      'sep-2575-server-rejects-undeclared-capability': asksNothing,
      'sep-2575-missing-capability-http-400': asksNothing,
      'sep-2575-http-server-no-independent-requests-on-stream': asksNothing,
      'sep-2575-server-no-log-without-loglevel': 'AWE sends no log messages to clients',
    },
  },
  { name: 'input-required-result-missing-input-response', versions: [NEW] },
  { name: 'input-required-result-unsupported-methods', versions: [NEW] },
  { name: 'input-required-result-ignore-extra-params', versions: [NEW] },
  { name: 'input-required-result-validate-input', versions: [NEW] },
];

/** AWE as a client. */
export const clientScenarios: readonly Scenario[] = [
  { name: 'initialize', versions: [OLD] },
  { name: 'tools_call', versions: both },
  { name: 'sse-retry', versions: [OLD] },
  { name: 'request-metadata', versions: [NEW] },
  { name: 'http-standard-headers', versions: [NEW] },
  { name: 'http-custom-headers', versions: [NEW] },
  { name: 'http-invalid-tool-headers', versions: [NEW] },
  { name: 'json-schema-ref-no-deref', versions: [NEW] },
];
