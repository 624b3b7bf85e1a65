/** A browser for the tests of the console. */
import { UserError } from '../config';
import { aptCommand, installWithApt } from './apt';
import { which, type Report } from './commands';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const installed = (): string | undefined => NAMES.map((name) => which(name)).find((path) => path !== undefined);

/** The path of a Chromium: one on PATH, or Debian's package, with a font that has all the signs of the pages. */
export async function ensureChromium(report: Report): Promise<string> {
  const present = installed();
  if (present !== undefined) return present;
  const apt = aptCommand(which);
  if (apt) {
    const label = 'Chromium: installing it with apt-get, about a minute, once';
    await installWithApt(apt, ['chromium', 'fonts-dejavu-core'], { label, report });
    const path = installed();
    if (path !== undefined) return path;
  }
  throw new UserError(
    `Chromium: there is none on PATH (${NAMES.join(', ')}), and it could not be installed: install it for the tests of the console.`,
  );
}
