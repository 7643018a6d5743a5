// Puts the console into the bucket of a stack of infra/console.yml, by the AWS CLI:
//   npm run console polycert-console
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIT = ['lit-html.js', 'directive.js', 'directive-helpers.js', 'directives/repeat.js'];
const OWN = 'src/main/resources';

/** Writes the files as the one-process server has them, but for the page, which signs people in. */
export function assemble(directory, config) {
  const files = join(directory, 'console');
  cpSync(join(OWN, 'console'), files, { recursive: true });
  for (const name of LIT) {
    const file = join(files, 'lit', name);
    mkdirSync(dirname(file), { recursive: true });
    cpSync(join('node_modules/lit-html', name), file);
  }
  rmSync(join(files, 'index.html'));
  const page = readFileSync(join(OWN, 'console/index.html'), 'utf8')
    .replace('{sandbox}', '').replace('{key}', 'oidc');
  writeFileSync(join(directory, 'index.html'), page);
  writeFileSync(join(directory, 'config.json'), config);
  cpSync(join(OWN, 'openapi.json'), join(directory, 'openapi.json'));
}

function aws(...words) {
  const run = spawnSync('aws', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) {
    throw new Error(`aws ${words.join(' ')} failed`);
  }
  return run.stdout;
}

function upload(stack) {
  const [{ Outputs }] = JSON.parse(
    aws('cloudformation', 'describe-stacks', '--stack-name', stack, '--output', 'json')).Stacks;
  const { Address, Bucket, Config } = Object.fromEntries(
    Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const directory = mkdtempSync(join(tmpdir(), 'polycert-console-'));
  try {
    assemble(directory, Config);
    aws('s3', 'sync', directory, `s3://${Bucket}`, '--delete', '--cache-control', 'no-cache');
  } finally {
    rmSync(directory, { recursive: true });
  }
  console.log(`The console is at ${Address}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv[2]) {
    throw new Error('name the stack: npm run console polycert-console');
  }
  upload(process.argv[2]);
}
