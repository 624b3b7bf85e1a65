/** Gets the time-skipping test server of Temporal's Java SDK. The SDK starts and stops it. */
import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../config';
import { CACHE_DIR, download } from './cache';
import { capture, runLong, which, type Report } from './commands';
import { withLock } from './lock';
import type { LadderOptions } from './temporal';

const VERSION = '1.38.0';
const SLF4J_VERSION = '2.0.17';
const MAVEN_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

export interface TestServerOptions extends LadderOptions {
  /** The executable that the user named (TEMPORAL_TEST_SERVER). */
  configured?: string;
}

/**
 * The path of an executable that takes the port as its first argument, as the SDK calls it:
 * `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 * Named by the user, cached, downloaded if the network allows, or put together with Maven (jars of 38 MB).
 */
export async function ensureTestServer(report: Report, options: TestServerOptions = {}): Promise<string> {
  const { configured, cacheDir = CACHE_DIR, find = which } = options;
  if (configured !== undefined) {
    if (isExecutable(configured)) return configured;
    throw new UserError(`TEMPORAL_TEST_SERVER: ${configured} is not an executable file. Correct it, or leave it out.`);
  }
  const home = join(cacheDir, 'test-server', VERSION);
  const native = join(home, 'temporal-test-server');
  const wrapper = join(home, 'jars', 'run');
  const ready = () => {
    if (isExecutable(native)) return native;
    if (!isExecutable(wrapper)) return undefined;
    assertJava(find);
    return wrapper;
  };
  const cached = ready();
  if (cached) return cached;
  return withLock(join(cacheDir, 'test-server.lock'), 'Test server', report, async () => {
    const made = ready();
    if (made) return made;
    mkdirSync(home, { recursive: true });
    const label = 'Test server';
    const wanted = { artifact: 'temporal-test-server', version: `v${VERSION}`, target: native, label, report };
    if (await download({ ...wanted, from: options.downloadFrom })) return native;
    assertJava(find);
    await collectJars(dirname(wrapper), report, find);
    return wrapper;
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function assertJava(find: (program: string) => string | undefined): void {
  const java = find('java');
  // macOS has a `java` that only tells where to get one.
  if (java && capture(java, ['-version']) !== undefined) return;
  throw new UserError(
    'Test server: Java is missing: install Java 11 or newer (on Debian as root `apt-get install default-jre-headless ' +
      'maven`), or set TEMPORAL_TEST_SERVER to a time-skipping test server.',
  );
}

async function collectJars(
  target: string,
  report: Report,
  find: (program: string) => string | undefined,
): Promise<void> {
  const maven = find('mvn');
  if (!maven) {
    throw new UserError(
      'Test server: none can be downloaded here, and Maven, which could fetch its parts, is missing: install it ' +
        '(on Debian as root `apt-get install maven`), or set TEMPORAL_TEST_SERVER to a time-skipping test server.',
    );
  }
  const label = 'Test server: fetching its jars with Maven, up to a minute, once';
  report(`${label}…`);
  const work = `${target}.new-${process.pid}`;
  try {
    mkdirSync(join(work, 'lib'), { recursive: true });
    writeFileSync(join(work, 'pom.xml'), POM);
    const goal = `${MAVEN_PLUGIN}:copy-dependencies`;
    await runLong({
      program: maven,
      args: ['-B', '-q', goal, '-DincludeScope=runtime', `-DoutputDirectory=${join(work, 'lib')}`],
      cwd: work,
      label,
      report,
      timeoutMs: 15 * 60_000,
    });
    writeFileSync(join(work, 'run'), WRAPPER);
    chmodSync(join(work, 'run'), 0o755);
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(work, target);
    report(`Test server: ready, in ${target}.`);
  } catch (error) {
    throw new UserError(
      `Test server: Maven could not fetch it (${(error as Error).message}). ` +
        'Fix that, or set TEMPORAL_TEST_SERVER to a time-skipping test server.',
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const dependency = (groupId: string, artifactId: string, version: string) =>
  `    <dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>awe</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
${dependency('io.temporal', 'temporal-test-server', VERSION)}
${dependency('org.slf4j', 'slf4j-nop', SLF4J_VERSION)}
  </dependencies>
</project>
`;

// The SDK gives it 5 s to answer: the quick compiler and collector start in under one.
const WRAPPER = `#!/bin/sh
# Temporal's time-skipping test server; the port is the first argument.
here=$(cd "$(dirname "$0")" && pwd)
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx512m \\
  -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;
