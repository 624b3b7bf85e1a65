import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { createCli } from '../../../cli/cli';
import { registerPolicy, reportTests } from '../../../cli/commands/policy';
import type { Step } from '../../../schemas/plan';
import type { Policy } from '../../../schemas/policy';
import { findProjectRoot, loadConfig } from '../../../src/config';
import { decidePlan, decideStep, policyDigest } from '../../../src/policy/decide';
import { loadPolicy } from '../../../src/policy/load';
import { limitFindings } from '../../../src/policy/limits';
import { readPolicy } from '../../../src/policy/read';
import { runPolicyTests } from '../../../src/policy/tests';
import { catalogue, step } from '../job/support';

const job = { requested_by: 'ann', priority: 3, goal: 'Tidy up' };
const rule = (id: string, when: string, effect: 'deny' | 'approve' | 'allow') => ({
  id,
  when,
  effect,
  reason: `${id} says so`,
});
const policyOf = (rules: Policy['rules'], more: Partial<Policy> = {}): Policy => ({
  version: 1,
  name: 'test',
  rules,
  ...more,
});
const decide = (policy: Policy, one: Step) => decideStep(policy, one, { catalogue, job });
const get = (url: string, more: Partial<Step> = {}) => step('get', 'http.request', { url }, more);

const yaml = (text: string) => readPolicy(text);
const faultsOf = (text: string) => {
  const read = yaml(text);
  return 'faults' in read ? read.faults : [];
};

describe('decisions', () => {
  it('deny is over approve, approve over allow, whatever their order', () => {
    const [deny, approve, allow] = [
      rule('d', 'true', 'deny'),
      rule('p', 'true', 'approve'),
      rule('a', 'true', 'allow'),
    ];
    const page = get('https://a.example/');
    expect(decide(policyOf([allow, approve, deny]), page)).toMatchObject({
      effect: 'deny',
      rule: 'd',
      reason: 'd says so',
    });
    expect(decide(policyOf([approve, allow]), page)).toMatchObject({ effect: 'approve', rule: 'p' });
    expect(decide(policyOf([allow]), page)).toMatchObject({ step_id: 'get', effect: 'allow', rule: 'a' });
  });

  it('what no rule fits is asked about, and so is what a rule fails on; a deny stands all the same', () => {
    const page = get('https://a.example/');
    const wrong = rule('w', 'step.nothing == 1', 'allow');
    expect(decide(policyOf([]), page)).toMatchObject({ effect: 'approve', rule: 'no_rule' });
    expect(decide(policyOf([rule('a', 'true', 'allow'), wrong]), page)).toMatchObject({
      effect: 'approve',
      rule: 'rule_error',
      reason: expect.stringContaining('the rule w failed'),
    });
    expect(decide(policyOf([wrong, rule('d', 'true', 'deny')]), page)).toMatchObject({ effect: 'deny' });
    expect(decide(policyOf([rule('n', '1', 'allow')]), page)).toMatchObject({ rule: 'rule_error' });
  });

  it('know step, tool, effect, touches and job', () => {
    const when = [
      'step.with.url.startsWith("https:")',
      'tool.name == "http.request" && tool.secrets',
      'effect == "none"',
      'touches.exists(t, t.kind == "host" && t.target == "a.example" && t.access == "read" && t.outside)',
      'job.requested_by == "ann" && job.priority == 3 && job.goal.contains("Tidy")',
    ].join(' && ');
    expect(
      decide(policyOf([rule('all', when, 'allow')]), get('https://a.example/', { uses: 'api_call' })),
    ).toMatchObject({ rule: 'all' });
  });

  it('are about the check of a step too, and about steps that call nothing', () => {
    const policy = policyOf([
      rule('read', 'effect == "none"', 'allow'),
      rule('mail', 'tool.name == "mail.send"', 'deny'),
    ]);
    const until = { check: 'mail.send', with: {}, rounds: 1, otherwise: 'fail' as const };
    expect(decide(policy, get('https://a.example/', { until }))).toMatchObject({ effect: 'deny' });
    const wait = { id: 'w', kind: 'wait', with: { for: '1m' } } as Step;
    expect(decide(policyOf([rule('read', 'effect == "none"', 'allow')]), wait)).toMatchObject({ effect: 'allow' });
  });

  it('of a tool that there is not asks', () => {
    expect(decide(policyOf([rule('a', 'true', 'allow')]), step('x', 'none.such'))).toMatchObject({ effect: 'approve' });
  });

  it('of a plan are those of its steps, and the gravest', () => {
    const policy = policyOf([rule('read', 'effect == "none"', 'allow'), rule('write', 'effect != "none"', 'approve')]);
    const plan = { name: 'p', steps: [get('https://a.example/'), step('m', 'mail.send', { to: 'a' })] };
    expect(decidePlan(policy, plan, { catalogue, job })).toEqual({
      policy: 'test',
      digest: policyDigest(policy),
      effect: 'approve',
      steps: [
        { step_id: 'get', effect: 'allow', rule: 'read', reason: 'read says so' },
        { step_id: 'm', effect: 'approve', rule: 'write', reason: 'write says so' },
      ],
    });
  });
});

describe('banned hosts', () => {
  const policy = policyOf([rule('a', 'true', 'allow')], {
    banned_hosts: ['bad.example', '*.evil.example', '10.0.0.1:8080'],
  });

  it.each([
    ['https://bad.example/x', 'deny'],
    ['https://BAD.example./x', 'deny'],
    ['https://a.evil.example:444/', 'deny'],
    ['http://10.0.0.1:8080/', 'deny'],
    ['http://10.0.0.1:8081/', 'allow'],
    ['https://good.example/?at=bad.example', 'allow'],
    ['https://${{ input.host }}/', 'approve'],
    ['https://bad.example${{ input.rest }}', 'approve'],
  ])('%s: %s', (url, effect) => expect(decide(policy, get(url))).toMatchObject({ effect }));
});

describe('a policy file', () => {
  it('is read, and its faults are named with their lines', () => {
    expect(yaml('version: 1\nname: x\nrules: []\n')).toEqual({ policy: { version: 1, name: 'x', rules: [] } });
    const rules = [
      'version: 1',
      'name: x',
      'rules:',
      '  - id: a',
      '    when: "efect == 1"',
      '    effect: allow',
      '    reason: r',
      '  - id: a',
      '    when: "size("',
      '    effect: allow',
      '    reason: r',
      'banned_hosts: ["a b"]',
    ].join('\n');
    expect(faultsOf(rules)).toEqual([
      { line: 5, message: expect.stringContaining('There is no "efect"') },
      { line: 8, message: 'two rules are called a' },
      { line: 9, message: expect.any(String) },
      { line: 12, message: '"a b" is no host' },
    ]);
  });

  it.each<[string, number, string]>([
    ['version: 1\nname: x\nrules:\n  - id: a\n    when: "true"\n    effect: maybe\n    reason: r', 6, 'must be one of'],
    ['version: 1\nname: x\nruls: []\nrules: []', 3, 'is not a known name'],
    ['version: 1\nname: x\nrules: [', 3, ''],
    ['version: 1\nname: x\nname: y\nrules: []', 3, 'unique'],
  ])('%j: line %i', (text, line, words) => {
    expect(faultsOf(text)).toContainEqual({ line, message: expect.stringContaining(words) });
  });

  it('that blows itself up by aliases is refused', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join()}]`),
    ];
    expect(faultsOf(bomb.join('\n')).length).toBeGreaterThan(0);
  });
});

it('limits refuse what cannot fit, and name what may not', () => {
  const limits = { steps: 10, time: '1m', tokens: 100, money: { amount: 1, currency: 'USD' }, effects: 5 };
  const range = (low: number | null, high: number | null) => ({
    low,
    likely: null,
    high,
    from: 'past runs' as const,
    runs: 1,
    unknown: [],
  });
  const demand = (more: object = {}) => ({
    steps: 2,
    effects: { least: 0, most: 2 },
    forecast: {
      time_ms: range(1, 60_000),
      tokens: range(0, 0),
      money: [{ ...range(0, 1), currency: 'USD' }],
      waits_for_people: 0,
      ...more,
    },
  });
  expect(limitFindings(limits, demand())).toEqual([]);
  expect(limitFindings(limits, { ...demand(), steps: 11, effects: { least: 1, most: null } })).toMatchObject([
    { limit: 'steps', certain: true },
    { limit: 'effects', certain: false },
  ]);
  const dear = demand({ tokens: range(101, null), money: [{ ...range(0, null), currency: null }] });
  expect(limitFindings(limits, dear)).toMatchObject([
    { limit: 'tokens', certain: true, message: expect.stringContaining('at least 101') },
    { limit: 'money', certain: false },
  ]);
});

it('the policy of docs/policy.md decides as its tests say', () => {
  const page = readFileSync(join(findProjectRoot(), 'docs', 'policy.md'), 'utf8');
  const [, text = ''] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
  const read = readPolicy(text);
  expect(read).not.toHaveProperty('faults');
  const results = 'policy' in read ? runPolicyTests(read.policy, catalogue) : [];
  expect(results.map(({ passed, fault }) => fault ?? passed)).toEqual([true, true]);
});

describe('the default policy', () => {
  it('decides as its tests say', async () => {
    const policy = await loadPolicy(join(findProjectRoot(), 'policies', 'default.yaml'));
    const results = runPolicyTests(policy, catalogue);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
    expect(new Set(results.map(({ decision }) => decision.rule))).toEqual(
      new Set([...policy.rules.map(({ id }) => id), 'banned_host']),
    );
  });
});

describe('the commands', () => {
  const said: string[] = [];
  const exits: number[] = [];
  const config = () => loadConfig({ AWE_ENV: 'test' });
  const say = (line: string) => void said.push(line);
  const cli = createCli({ config, say, note: () => {}, exit: (code) => void exits.push(code) });

  it('show the policy of the installation', async () => {
    const program = new Command().exitOverride();
    registerPolicy(program, cli);
    await program.parseAsync(['policy', 'show'], { from: 'user' });
    expect(said.join('\n')).toContain('nothing is dropped or deleted outside the workspace');
  });

  it('report tests, and exit with 1 where one fails', () => {
    const tests = [{ name: 'n', step: { uses: 'data.echo' }, expect: 'allow' as const, rule: 'no_rule' }];
    said.length = 0;
    reportTests(cli, 'x.yaml', runPolicyTests(policyOf([], { tests }), catalogue), {});
    expect(said).toEqual([
      'FAILED  n: expected allow by no_rule, got approve by no_rule: no rule of the policy fits',
      'x.yaml: 1 test, 1 failed',
    ]);
    reportTests(cli, 'x.yaml', runPolicyTests(policyOf([rule('a', 'true', 'allow')], { tests: [] }), catalogue), {});
    expect(exits).toEqual([1]);
  });
});

it('a policy that is wrong, or not there, is named with its faults', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'policy-')), 'policy.yaml');
  await expect(loadPolicy(path)).rejects.toThrow(/cannot be read/);
  await writeFile(path, 'version: 2\nname: x\nrules: []\n');
  await expect(loadPolicy(path)).rejects.toThrow(/has 1 fault:\n  line 1: .*must be 1/);
});
