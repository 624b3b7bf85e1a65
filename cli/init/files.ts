/** Facts of a project that uses AWE from code. */
export interface NewProject {
  name: string;
  /** folder of AWE, from the project's */
  awe: string;
  /** versions of packages that the project needs besides, by their names */
  packages: { [name: string]: string };
}

/** The files of a new project, by their paths. */
export function projectFiles({ name, awe, packages }: NewProject): { [path: string]: string } {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  return {
    'package.json': json({
      name,
      version: '0.1.0',
      private: true,
      scripts: {
        build: 'tsc',
        test: 'tsc && node --test dist/tools/*.test.js',
        up: 'tsc && AWE_TOOLS="$PWD/dist/tools/index.js" awe up',
        down: 'awe down',
        report: 'tsc && node dist/workflows/report.js',
      },
      dependencies: { awe: `file:${awe}` },
      devDependencies: packages,
    }),
    'tsconfig.json': json({
      compilerOptions: {
        ...{ target: 'es2023', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'] },
        ...{ rootDir: '.', outDir: 'dist', sourceMap: true },
      },
      include: ['tools', 'workflows'],
    }),
    '.gitignore': 'node_modules/\ndist/\n',
    'tools/hello.ts': HELLO,
    'tools/hello.test.ts': HELLO_TEST,
    'tools/index.ts':
      "/** What the workers load: AWE_TOOLS names this file, compiled. */\nexport { hello } from './hello';\n",
    'workflows/report.ts': REPORT,
    'README.md': readme(name),
  };
}

const HELLO = `import { defineTool, Type } from 'awe';

/** Greets somebody. The schemas check what goes in and out, and type \`run\`. */
export const hello = defineTool({
  name: 'my.hello',
  version: '1',
  description: 'Greets somebody by name.',
  input: Type.Object({ name: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
  output: Type.Object({ text: Type.String() }),
  effect: 'none',
  risk: 'low',
  approval: false,
  timeout: 5_000,
  retry: { attempts: 3, initialMs: 100, backoff: 2, maxMs: 2_000 },
  run: async ({ name }) => ({ text: \`Hello \${name}!\` }),
});
`;

const HELLO_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tryTool } from 'awe';
import { hello } from './hello';

test('it greets by name', async () => {
  assert.deepEqual(await tryTool(hello, { name: 'Ann' }), { text: 'Hello Ann!' });
});

test('it refuses an input that does not fit', async () => {
  await assert.rejects(tryTool(hello, {}), /does not fit its schema/);
});
`;

const REPORT = `import { Workflow, WorkflowEngine, type WrittenPlan } from 'awe';

/** Greets people with the tool of this project, and writes what came of it into a file of the run. */
export class ReportWorkflow extends Workflow {
  override readonly type = 'report';

  constructor(readonly names: string[]) {
    super();
  }

  override plan(): WrittenPlan {
    return {
      name: 'greet and report',
      steps: [
        {
          id: 'greet',
          kind: 'tool',
          uses: 'my.hello',
          for_each: JSON.stringify(this.names),
          with: { name: '\${{ item }}' },
        },
        {
          id: 'report',
          kind: 'tool',
          uses: 'file.write',
          with: { path: 'report.json', json: '\${{ steps.greet.output.items }}' },
        },
      ],
      result: { greeted: '\${{ steps.greet.output.count }}' },
    };
  }
}

async function main(): Promise<void> {
  const engine = new WorkflowEngine();
  const { context, completed_tasks } = await new ReportWorkflow(['Ann', 'Bo']).run({}, engine);
  console.log(context.status, completed_tasks.map(({ id }) => id));
  await engine.observe(context.job_id).printSummary();
  process.exitCode = context.status === 'completed' ? 0 : 1;
}

if (require.main === module) void main();
`;

const readme = (name: string): string => `# ${name}

Tools and workflows for AWE, in TypeScript.

    npm install
    npm test            # the tools alone, without a stack
    npm run up          # the stack of AWE, whose workers load the tools of this project
    npm run report      # a workflow that uses them
    npm run down

- \`tools/hello.ts\` is a tool; \`tools/index.ts\` exports all of them.
- \`workflows/report.ts\` is a workflow: a class that says its plan.

After a change of a tool, \`npm run down\` and \`npm run up\`: workers load tools at their start. docs/from-code.md of AWE
says the rest.
`;
