// Calculates the costs of Polycert on AWS from the measurements and prices of infra/cost.yml, and
// prints the table of docs/aws.md:
//   node infra/cost.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';

const CERTIFICATES = 1000;
const MINUTES_OF_A_MONTH = 43_800;

/** The lines of a bill for each runtime: for 1,000 certificates, for looks, and for a month. */
export function bill(facts) {
  const { prices, dynamodb, runtimes, life, looks, fixed } = facts;
  const gigabyteSeconds = (runtime, millis) => (millis / 1000) * (runtime.memory / 1024);
  const functions = (runtime) => life.reduce((sum, step) => {
    const millis = runtime.millis + step.vendorCalls * facts.vendorMillis;
    return sum + step.times * gigabyteSeconds(runtime, millis);
  }, 0);
  const invocations = life.reduce((sum, step) => sum + step.times, 0);
  const requests = life.filter((step) => step.http).reduce((sum, step) => sum + step.times, 0);
  const events = dynamodb.streamRecords / dynamodb.recordsPerBatch;
  const look = (runtime) => {
    const millis = looks.vendorCalls * facts.vendorMillis + runtime.millis;
    return dynamodb.lookWriteUnits * prices.writeUnit + dynamodb.lookReadUnits * prices.readUnit
      + gigabyteSeconds(runtime, millis) * prices.gigabyteSecond
      + prices.invocation + prices.pipeRequest + looks.logBytes * prices.logByte;
  };
  return Object.entries(runtimes).map(([name, runtime]) => ({
    runtime: name,
    certificates: [
      ['DynamoDB writes', dynamodb.writeUnits * prices.writeUnit],
      ['DynamoDB reads', dynamodb.readUnits * prices.readUnit],
      ['Lambda time', functions(runtime) * prices.gigabyteSecond],
      ['Lambda, API Gateway, EventBridge, SQS requests',
        invocations * prices.invocation + requests * prices.httpRequest + events * prices.pipeRequest],
      ['CloudWatch logs', life.reduce((sum, step) => sum + step.times * step.logBytes, 0) * prices.logByte],
    ].map(([what, each]) => [what, each * CERTIFICATES]),
    looks: [['besides, where an ACME CA is asked every six hours when to renew',
      CERTIFICATES * looks.times * look(runtime)]],
    month: [
      ['the sweep, every minute', MINUTES_OF_A_MONTH * (prices.invocation + prices.schedule
        + gigabyteSeconds(runtime, runtime.millis) * prices.gigabyteSecond
        + dynamodb.idleReadUnits * prices.readUnit + fixed.sweepLogBytes * prices.logByte)],
      ['alarms', fixed.alarms * prices.alarm],
      ['metrics of our own, with values in every hour', fixed.metrics * prices.metric],
      ['dashboard, key, secret', prices.dashboard + prices.key + prices.secret],
    ],
  }));
}

/** The table as Markdown. */
export function table(facts) {
  const bills = bill(facts);
  const rows = (part) => bills[0][part].map(([what], i) => [what, ...bills.map((b) => b[part][i][1])]);
  const total = (part, what) => [what, ...bills.map((b) => b[part].reduce((sum, [, usd]) => sum + usd, 0))];
  const line = ([what, ...amounts]) => `| ${what} | ${amounts.map((usd) => usd.toFixed(2)).join(' | ')} |`;
  const strong = ([what, ...amounts]) => line([`**${what}**`, ...amounts]);
  return [
    `| USD | ${bills.map((b) => b.runtime).join(' | ')} |`,
    `| --- |${' --- |'.repeat(bills.length)}`,
    ...rows('certificates').map(line),
    strong(total('certificates', '1,000 certificates')),
    ...rows('looks').map(line),
    ...rows('month').map(line),
    strong(total('month', 'a month, whatever is done in it')),
  ].join('\n');
}

export function facts() {
  return yaml.load(readFileSync(new URL('cost.yml', import.meta.url), 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(table(facts()));
}
