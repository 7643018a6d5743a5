// Packages the service without AWS for every choice of parameters, and checks the templates that
// would be deployed. Run `npm ci && npm test` after ./mvnw package.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import yaml from 'js-yaml';
import { facts, table } from './cost.mjs';
import { violations } from './schema.mjs';
import { packaged, references, statements } from './template.mjs';

const FUNCTIONS = 'src/main/java/dev/polycert/function';
const JWT = ['jwtIssuer=https://issuer.example.com', 'jwtAudience=polycert'];
// IAM has no ARN for these.
const WITHOUT_ARN = ['route53:ListHostedZonesByName', 'acm:ListCertificates', 'acm:RequestCertificate'];
const IMAGE = `111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/polycert@sha256:${'0'.repeat(64)}`;
const RUNTIMES = [['runtime=jvm'], ['runtime=native'], ['runtime=image', `image=${IMAGE}`]];
const CHOICES = ['dev', 'prod'].flatMap((stage) =>
  RUNTIMES.flatMap((runtime) => [
    [stage, ...runtime, 'authorizer=iam'],
    [stage, ...runtime, 'authorizer=jwt', ...JWT],
  ]));

for (const [stage, ...parameters] of CHOICES) {
  describe(`${stage} ${parameters.join(' ')}`, () => {
    const template = packaged(stage, parameters);
    const runtime = parameters[0].split('=')[1];
    const of = (type) => Object.entries(template.Resources).filter(([, r]) => r.Type === type);
    const functions = of('AWS::Lambda::Function');
    const alarm = (wanted) => of('AWS::CloudWatch::Alarm').map(([, a]) => a.Properties).find(wanted);

    test('has only resources and properties that CloudFormation knows', () => {
      assert.deepEqual(violations(template), []);
    });

    test('refers only to resources and parameters that exist', () => {
      const known = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters ?? {})]);
      const unknown = references(template).filter((id) => !known.has(id) && !id.startsWith('AWS::'));
      assert.deepEqual(unknown, []);
    });

    test('deploys every function of the code', () => {
      const exported = functions.map(([, f]) => f.Properties.Environment.Variables.QUARKUS_FUNQY_EXPORT);
      assert.deepEqual(exported.sort(), functionsOfTheCode());
    });

    test('has no open route', () => {
      const routes = of('AWS::ApiGatewayV2::Route');
      assert.ok(routes.length >= 10);
      const expected = parameters.includes('authorizer=jwt') ? 'JWT' : 'AWS_IAM';
      for (const [id, route] of routes) {
        assert.equal(route.Properties.AuthorizationType, expected, id);
        assert.equal('AuthorizerId' in route.Properties, expected === 'JWT', id);
      }
    });

    test('throttles, and logs the caller but not the request', () => {
      const [[, { Properties: gate }]] = of('AWS::ApiGatewayV2::Stage');
      assert.ok(gate.DefaultRouteSettings.ThrottlingRateLimit > 0);
      assert.ok(gate.DefaultRouteSettings.ThrottlingBurstLimit > 0);
      assert.doesNotMatch(gate.AccessLogSettings.Format, /body|querystring|authorization/i);
    });

    test('gives each function a role, an alarm and a queue of failures of its own', () => {
      assert.equal(new Set(functions.map(([, f]) => f.Properties.Role['Fn::GetAtt'][0])).size, functions.length);
      const queues = functions.map(([id, f]) => {
        assert.ok(alarm((a) => a.MetricName === 'Errors' && references(a).includes(id)), `errors of ${id}`);
        const [[, async]] = of('AWS::Lambda::EventInvokeConfig').filter(([, c]) =>
          references(c.Properties.FunctionName).includes(id));
        const [queue] = references(async.Properties.DestinationConfig.OnFailure);
        assert.ok(alarm((a) => a.MetricName === 'ApproximateNumberOfMessagesVisible'
          && references(a).includes(queue)), `depth of ${queue}`);
        const [role] = references(f.Properties.Role);
        const sends = statements(template.Resources[role]).filter((s) => s.Action.includes('sqs:SendMessage'));
        assert.deepEqual(sends.flatMap((s) => references(s.Resource)), [queue], role);
        return queue;
      });
      assert.equal(new Set(queues).size, functions.length);
    });

    test('keeps each event that a schedule, a rule or a pipe could not deliver', () => {
      const senders = ['Scheduler::Schedule', 'Events::Rule', 'Pipes::Pipe'].flatMap((type) => of(`AWS::${type}`));
      assert.equal(senders.length, 6);
      const kept = senders.map(([id, { Properties: p }]) => [id,
        p.Target?.DeadLetterConfig ?? p.SourceParameters?.DynamoDBStreamParameters.DeadLetterConfig
          ?? p.Targets[0].DeadLetterConfig]);
      for (const [id, letters] of kept) {
        const [queue] = references(letters);
        assert.ok(alarm((a) => references(a).includes(queue)), id);
      }
    });

    test('watches the metrics of orders by the names that the functions use', () => {
      const { Properties: f } = functions[0][1];
      const { POLYCERT_METRICS_NAMESPACE: namespace, POLYCERT_METRICS_EMF: on } = f.Environment.Variables;
      assert.equal(on, 'true');
      const noted = of('AWS::CloudWatch::Alarm').map(([, a]) => a.Properties)
        .filter((a) => a.Namespace === namespace);
      assert.deepEqual(noted.map((a) => a.Dimensions[0].Value).sort(),
        ['expired', 'expiring', 'quota', 'stuck', 'undelivered'].map((kind) => `dev.polycert.order.${kind}`));
      const kinds = readFileSync('src/main/java/dev/polycert/order/Notice.java', 'utf8');
      const metrics = readFileSync('src/main/java/dev/polycert/metric/EmbeddedMetrics.java', 'utf8');
      for (const { MetricName, Dimensions: [{ Name, Value }] } of noted) {
        assert.match(metrics, new RegExp(`Series.of\\("${MetricName}"\\).with\\("${Name}"`));
        assert.match(kinds, new RegExp(`^    ${Value.split('.').at(-1).toUpperCase()}\\b`, 'm'));
      }
      const queries = of('AWS::CloudWatch::Alarm').flatMap(([, a]) => a.Properties.Metrics ?? []).map((m) => m.Expression);
      assert.equal(queries.length, 2);
      for (const query of queries) {
        const [, metric, schema, list] = /\((\w+)\) FROM SCHEMA\("([^"]+)", ([^)]+)\) WHERE Outcome = /.exec(query);
        assert.equal(schema, namespace);
        const [series] = new RegExp(`Series\\.of\\("${metric}"\\)[^;]+`).exec(metrics);
        assert.deepEqual(list.split(', '), [...series.matchAll(/with\("(\w+)"/g)].map(([, name]) => name).sort());
      }
    });

    test('shows orders, vendors, times and every function on the dashboard', () => {
      const [[, { Properties: board }]] = of('AWS::CloudWatch::Dashboard');
      const body = board.DashboardBody['Fn::Sub'];
      const { widgets } = JSON.parse(body);
      const shown = (metric) => widgets.filter((w) => JSON.stringify(w.properties.metrics).includes(metric));
      for (const metric of ['Orders', 'Notices', 'VendorCallTime', 'TokenWait', 'FanOutTime']) {
        const ours = shown(metric).filter((w) => JSON.stringify(w).includes(`polycert-${stage}`));
        assert.ok(ours.length > 0, metric);
      }
      for (const [id] of functions) {
        assert.equal(body.split(`\${${id}}`).length - 1, 3, id);
      }
      const places = widgets.map((w) => `${w.x},${w.y}`);
      assert.equal(new Set(places).size, widgets.length);
    });

    test('names the resources and actions of each role', () => {
      const policies = [...of('AWS::IAM::Role'), ...of('AWS::IAM::ManagedPolicy')];
      assert.ok(policies.length > functions.length);
      for (const [id, policy] of policies) {
        for (const { Action, Resource } of statements(policy)) {
          const anything = [Resource].flat().includes('*');
          assert.ok([Action].flat().every((a) => !a.includes('*') && (!anything || WITHOUT_ARN.includes(a))), id);
        }
      }
    });

    test('encrypts the environment and takes the keys from a secret', () => {
      for (const [id, f] of functions) {
        assert.deepEqual(f.Properties.KmsKeyArn, { 'Fn::GetAtt': ['Key', 'Arn'] }, id);
        for (const [name, value] of Object.entries(f.Properties.Environment.Variables)) {
          const known = /^((POLYCERT|QUARKUS)_|AWS_ACM_REGION$)/.test(name) && !/_KEY|_HMAC|_SECRET|_TOKEN/.test(name);
          const [, given] = value['Fn::If'] ?? [, value];
          assert.ok(known || given === `{{resolve:secretsmanager:polycert-${stage}:SecretString:${name}}}`,
            `${id}: ${name}`);
        }
      }
    });

    test('sets the variables that environment.yml lists, and no other', () => {
      const listed = readFileSync('infra/environment.yml', 'utf8').split('\ndefault:')[0];
      const names = [...listed.matchAll(/^  (?:- ')?([A-Z][A-Z0-9_]+)/gm)].map((match) => match[1]);
      const used = functions.flatMap(([, f]) => Object.keys(f.Properties.Environment.Variables));
      assert.deepEqual([...new Set(used)].sort(), names.sort());
    });

    test('keeps logs for a time', () => {
      for (const [id, group] of of('AWS::Logs::LogGroup')) {
        assert.ok(group.Properties.RetentionInDays > 0, id);
      }
    });

    test('lets no account of a provider wait behind the orders of another', () => {
      const { RequestedPipe: pipe, RequestedRule: rule, RequestedPolicy: policy } = template.Resources;
      const { EventBridgeEventBusParameters: event, InputTemplate: input } = pipe.Properties.TargetParameters;
      assert.deepEqual(references(pipe.Properties.Target), references(rule.Properties.EventBusName));
      assert.deepEqual(rule.Properties.EventPattern, { source: [event.Source], 'detail-type': [event.DetailType] });
      const detail = JSON.parse(input.replaceAll(/"?<\$\.dynamodb\.NewImage\.(\w+)\.S>/g,
        (variable, name) => (variable.startsWith('"') ? `"the ${name}` : `the ${name}`)).replace(': the id', ': "the id"'));
      assert.deepEqual(detail, { id: 'the id', lane: 'the provider/the account' });
      const [target] = rule.Properties.Targets;
      assert.equal(target.InputPath, '$.detail');
      assert.equal(target.SqsParameters.MessageGroupId, '$.detail.lane');
      assert.equal(template.Resources.Requested.Properties.FifoQueue, undefined);
      const [allowed] = policy.Properties.PolicyDocument.Statement;
      assert.deepEqual(references(allowed.Condition), ['RequestedRule']);
      assert.deepEqual([references(target.Arn), references(allowed.Resource)], [['Requested'], ['Requested']]);
    });

    test('sends one poison order alone to its queue', () => {
      const [[, { Properties: source }]] = of('AWS::Lambda::EventSourceMapping');
      assert.deepEqual(source.FunctionResponseTypes, ['ReportBatchItemFailures']);
      assert.ok(source.ScalingConfig.MaximumConcurrency >= 2);
      const { RedrivePolicy, VisibilityTimeout } = template.Resources.Requested.Properties;
      assert.deepEqual(references(RedrivePolicy), ['WorkFailures']);
      assert.ok(VisibilityTimeout >= 6 * template.Resources.WorkLambdaFunction.Properties.Timeout);
    });

    test('has the alarms and the memory that the costs are calculated with', () => {
      const { runtimes, fixed } = facts();
      const { memory } = runtimes[runtime === 'image' ? 'jvm' : runtime];
      assert.equal(of('AWS::CloudWatch::Alarm').length, fixed.alarms);
      for (const [id, f] of functions) {
        assert.equal(f.Properties.MemorySize, memory, id);
      }
    });

    test('chooses the runtime for all', () => {
      const image = runtime === 'image';
      for (const [id, { Properties: p }] of functions) {
        assert.equal(p.Runtime, { jvm: 'java25', native: 'provided.al2023' }[runtime], id);
        assert.equal('Handler' in p, !image, id);
        assert.equal('SnapStart' in p, runtime === 'jvm', id);
        assert.equal(p.PackageType, image ? 'Image' : undefined, id);
        assert.equal(p.Code.ImageUri, image ? IMAGE : undefined, id);
        assert.deepEqual(p.Architectures, ['arm64'], id);
      }
    });
  });
}

describe('the stack of us-east-1', () => {
  const text = readFileSync('infra/route53-us-east-1.yml', 'utf8');
  const template = yaml.load(text);

  test('has only resources, properties and references that CloudFormation knows', () => {
    const known = [...Object.keys(template.Resources), ...Object.keys(template.Parameters)];
    assert.deepEqual(violations(template), []);
    assert.deepEqual(references(template).filter((id) => !known.includes(id) && !id.startsWith('AWS::')), []);
  });

  /** CloudFormation reads this file itself; it knows neither anchors nor merge keys. */
  test('has no YAML that CloudFormation does not read', () => {
    assert.doesNotMatch(text, /<<:|: [&*]\w/);
  });

  test('keeps changes that could not be forwarded, and notifies of them', () => {
    const [{ DeadLetterConfig: letters }] = template.Resources.Changes.Properties.Targets;
    const alarms = Object.values(template.Resources).filter((r) => r.Type === 'AWS::CloudWatch::Alarm');
    for (const watched of [...references(letters), 'Changes']) {
      const [one] = alarms.filter((a) => references(a.Properties.Dimensions).includes(watched));
      assert.deepEqual(references(one.Properties.AlarmActions), ['Told'], watched);
    }
  });
});

test('deploy/ sets only variables that the code reads', () => {
  const known = readFileSync('infra/environment.yml', 'utf8');
  for (const file of ['deploy/polycert.service', 'deploy/Containerfile', 'deploy/Training.java']) {
    const names = [...readFileSync(file, 'utf8').matchAll(/\b(POLYCERT_[A-Z_]+)[="]/g)].map((match) => match[1]);
    assert.ok(names.length > 2, file);
    for (const name of names) {
      assert.match(known, new RegExp(`^  (- ')?${name}\\b`, 'm'), `${file}: ${name}`);
    }
  }
});

test('the docs have the calculated costs, once', () => {
  const papers = ['.', 'docs'].flatMap((folder) =>
    readdirSync(folder).filter((file) => file.endsWith('.md')).map((file) => readFileSync(join(folder, file), 'utf8')));
  const blocks = papers.flatMap((paper) => [...paper.matchAll(/<!-- costs:[^>]*-->\n([^]*?)\n<!-- \/costs -->/g)]);
  assert.deepEqual(blocks.map(([, block]) => block), [table(facts())]);
});

function functionsOfTheCode() {
  return readdirSync(FUNCTIONS)
    .filter((file) => file.endsWith('.java'))
    .flatMap((file) => [...readFileSync(join(FUNCTIONS, file), 'utf8').matchAll(/@Funq\("([^"]+)"\)/g)])
    .map((match) => match[1])
    .sort();
}
