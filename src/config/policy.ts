import { text } from './kinds';
import { section, type ValuesOf } from './sections';

const policy = section('Policy of goal jobs. See docs/policy.md');

/** Variables of the policy. */
export const policyVariables = {
  POLICY_FILE: policy.defaulted(
    text('a file'),
    'policies/default.yaml',
    'The rules that say what jobs may do, what a person is asked about, and what never happens.',
  ),
};

/** Settings of the policy. */
export const policyConfig = (values: ValuesOf<typeof policyVariables>, path: (file: string) => string) => ({
  file: path(values.POLICY_FILE),
});
