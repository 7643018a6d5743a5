// Checks the stack of the console, and its files as they are put into the bucket.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import yaml from 'js-yaml';
import { assemble } from './console.mjs';
import { violations } from './schema.mjs';
import { references } from './template.mjs';

const SERVER = readFileSync('src/main/java/dev/polycert/server/Console.java', 'utf8');

describe('the stack of the console', () => {
  const text = readFileSync('infra/console.yml', 'utf8');
  const template = yaml.load(text);
  const { Files, FilesPolicy, Access, Headers, Pages } = template.Resources;

  test('has only resources, properties and references that CloudFormation knows', () => {
    const known = [...Object.keys(template.Resources), ...Object.keys(template.Parameters), 'IssuerHost'];
    assert.deepEqual(violations(template), []);
    assert.deepEqual(references(template).filter((id) => !known.includes(id) && !id.startsWith('AWS::')), []);
    assert.doesNotMatch(text, /<<:|: [&*]\w/);
  });

  test('has a bucket that only this distribution reads, over TLS', () => {
    const { OwnershipControls, PublicAccessBlockConfiguration: block } = Files.Properties;
    assert.equal(OwnershipControls.Rules[0].ObjectOwnership, 'BucketOwnerEnforced');
    assert.deepEqual(Object.values(block), [true, true, true, true]);
    const [read, deny, ...more] = FilesPolicy.Properties.PolicyDocument.Statement;
    assert.deepEqual(more, []);
    assert.deepEqual([read.Action, read.Principal], ['s3:GetObject', { Service: 'cloudfront.amazonaws.com' }]);
    assert.match(read.Condition.StringEquals['aws:SourceArn']['Fn::Sub'], /distribution\/\$\{Pages}$/);
    assert.deepEqual([deny.Effect, deny.Condition], ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }]);
    assert.equal(Access.Properties.OriginAccessControlConfig.SigningBehavior, 'always');
    const { Origins: [origin], DefaultCacheBehavior: behavior } = Pages.Properties.DistributionConfig;
    assert.deepEqual(references(origin.OriginAccessControlId), ['Access']);
    assert.equal(behavior.ViewerProtocolPolicy, 'redirect-to-https');
    assert.deepEqual(references(behavior.ResponseHeadersPolicyId), ['Headers']);
  });

  test('sends the headers of the one-process server, and lets pages call the API and the issuer too', () => {
    const { SecurityHeadersConfig: security, CustomHeadersConfig } = Headers.Properties.ResponseHeadersPolicyConfig;
    const [policy] = security.ContentSecurityPolicy.ContentSecurityPolicy['Fn::Sub'];
    const [source] = /this\.policy =([^]*?);\n/.exec(SERVER).slice(1);
    const served = [...source.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('');
    const directives = (line) => line.split(';').map((it) => it.trim()).filter((it) => !it.startsWith('connect-src'));
    assert.deepEqual(directives(policy), directives(served));
    assert.match(policy, /connect-src 'self' \$\{Api} https:\/\/\$\{IssuerHost} \$\{TokenOrigin};/);
    for (const { Header, Value } of CustomHeadersConfig.Items) {
      assert.ok(SERVER.includes(`"${Header}", "${Value}"`), Header);
    }
    assert.ok(SERVER.includes(`"referrer-policy", "${security.ReferrerPolicy.ReferrerPolicy}"`));
    assert.ok(security.StrictTransportSecurity.AccessControlMaxAgeSec >= 31536000);
  });

  test('gives the page its settings as JSON, whatever the parameters are', () => {
    const values = { Api: 'https://api.example', Issuer: 'https://login.example/a', ClientId: 'c', Scope: 'openid x' };
    const config = template.Outputs.Config.Value['Fn::Sub'].replace(/\$\{(\w+)}/g, (all, name) => values[name]);
    assert.deepEqual(JSON.parse(config),
      { api: values.Api, issuer: values.Issuer, clientId: values.ClientId, scope: values.Scope });
    for (const [name, { AllowedPattern }] of Object.entries(template.Parameters)) {
      assert.match('https://api.example', new RegExp(`^(${AllowedPattern})$`), name);
      for (const bad of ['"', '\\', ';']) {
        assert.doesNotMatch(`https://api.example${bad}`, new RegExp(`^(${AllowedPattern})$`), `${name} with ${bad}`);
      }
    }
  });
});

test('the bucket has the files that the one-process server has, of the same library', () => {
  const directory = mkdtempSync(join(tmpdir(), 'polycert-'));
  try {
    assemble(directory, '{"api": "https://api.example"}');
    const page = readFileSync(join(directory, 'index.html'), 'utf8');
    assert.match(page, /name="polycert-key" content="oidc"/);
    assert.match(page, /name="polycert-sandbox" content=""/);
    const listed = (name) => [...new RegExp(`${name} =\\s+List\\.of\\(([^]*?)\\);`).exec(SERVER)[1]
      .matchAll(/"([^"]+)"/g)].map(([, file]) => file);
    const expected = [...listed('OWN').map((file) => `console/${file}`),
      ...listed('LIT').map((file) => `console/lit/${file}`)];
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile() && it.parentPath !== directory)
      .map((it) => join(it.parentPath, it.name).slice(directory.length + 1));
    assert.deepEqual(files.sort(), expected.sort());
    assert.ok(existsSync(join(directory, 'config.json')));
  } finally {
    rmSync(directory, { recursive: true });
  }
  const [, version] = /<lit-html\.version>([^<]+)</.exec(readFileSync('pom.xml', 'utf8'));
  assert.equal(JSON.parse(readFileSync('package.json', 'utf8')).devDependencies['lit-html'], version);
});
