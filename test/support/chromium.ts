import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** A real browser out of the npm registry: a Chromium packed with the few libraries that a bare server lacks. */
export interface TestBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=HttpsUpgrades',
];

/**
 * Unpacks and starts the browser, in a folder that is gone afterwards. The packer unpacks its libraries only where it believes itself on a machine of
 * AWS's; that is told to it while it is loaded, and to nobody else.
 */
async function unpacked(folder: string): Promise<string> {
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    return await packed.executablePath();
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

/** Starts a browser for which a host lies on a port of this machine; the reason why not, on a machine that cannot run one. */
export async function startBrowser(host: string, port: string): Promise<TestBrowser | { readonly reason: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-browser-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const executablePath = await unpacked(folder);
    const browser = await chromium.launch({
      executablePath,
      args: [...quiet, `--host-resolver-rules=MAP ${host} 127.0.0.1:${port}`],
      env: {
        ...process.env,
        HOME: folder,
        TMPDIR: folder,
        FONTCONFIG_PATH: join(folder, 'fonts'),
        LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      },
    });
    const close = async (): Promise<void> => {
      await browser.close();
      await remove();
    };
    return { browser, close };
  } catch (error) {
    await remove();
    return { reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}
