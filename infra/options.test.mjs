// Checks what parameters switch on, and that it is absent without them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluated, packaged, statements } from './template.mjs';

const STEPS = ['Apply', 'CheckVerification', 'Deliver', 'DnsChanged', 'Renew', 'SubmitInformation', 'Work'];
const SECRET = 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:';

describe('without options', () => {
  const template = packaged('dev', []);

  test('no function may do anything elsewhere in AWS', () => {
    assert.deepEqual(rights(template), []);
  });

  test('no page of another origin may call the API', () => {
    assert.equal(evaluated(template, template.Resources.HttpApi.Properties).CorsConfiguration, undefined);
  });

  test('there is no ACME CA, and no zone to write', () => {
    for (const variables of environments(template)) {
      assert.deepEqual(Object.keys(variables).filter((name) => name.startsWith('POLYCERT_ACME_')), []);
      assert.equal(variables.POLYCERT_DNS_WRITER__ROUTE53__ZONES, '');
    }
  });
});

describe('with all options', () => {
  const template = packaged('dev', ['acmeDirectory=https://ca.example/directory', 'acmeContact=pki@example.com',
    'route53Zones=example.com,example.net', 'route53ZoneIds=Z1,Z2', 'acmRegions=us-east-1,eu-west-1',
    'secretPrefix=tls/']);
  const regions = { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } };

  test('functions that take steps of orders have just the rights that writers and deliverers need', () => {
    const zones = ['Z1', 'Z2'].map((id) => `arn:aws:route53:::hostedzone/${id}`);
    const each = [
      ['Allow', ['route53:ListHostedZonesByName'], '*', undefined],
      ['Allow', ['route53:ListResourceRecordSets'], zones, undefined],
      ['Allow', ['route53:ChangeResourceRecordSets'], zones, {
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
          'route53:ChangeResourceRecordSetsRecordTypes': ['CNAME', 'TXT'],
        },
      }],
      ['Allow', ['acm:ListCertificates'], '*', regions],
      ['Allow', ['acm:ImportCertificate', 'acm:GetCertificate'],
        'arn:${AWS::Partition}:acm:*:${AWS::AccountId}:certificate/*', regions],
      ['Allow', ['secretsmanager:CreateSecret', 'secretsmanager:DescribeSecret',
        'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
        `${SECRET}tls/*`, undefined],
      ['Deny', ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
        `${SECRET}polycert-dev-??????`, undefined],
    ];
    const expected = STEPS.flatMap((name) => each.map((right) => [`${name}Role`, ...right]));
    assert.deepEqual(rights(template).sort(), expected.sort());
  });

  test('every function knows the CA and the zones, and has the keys from the secret', () => {
    const secret = (name) => `{{resolve:secretsmanager:polycert-dev:SecretString:${name}}}`;
    for (const variables of environments(template)) {
      assert.equal(variables.POLYCERT_ACME_CA_MAIN_DIRECTORY, 'https://ca.example/directory');
      assert.equal(variables.POLYCERT_ACME_CA_MAIN_CONTACT, 'pki@example.com');
      assert.equal(variables.POLYCERT_DNS_WRITER__ROUTE53__ZONES, 'example.com,example.net');
      for (const name of ['POLYCERT_ACME_CA_MAIN_EAB_KEY_ID', 'POLYCERT_ACME_CA_MAIN_EAB_HMAC', 'POLYCERT_VAULT_KEY',
        'POLYCERT_VAULT_KEY_PREVIOUS']) {
        assert.equal(variables[name], secret(name));
      }
    }
  });
});

test('with a console, the pages of its origin alone may call the API, and send no cookies', () => {
  const { Resources: { HttpApi }, Conditions } = packaged('dev', ['consoleOrigin=https://console.example']);
  const { CorsConfiguration: cors } = evaluated({ Conditions }, HttpApi.Properties);
  assert.deepEqual(cors.AllowOrigins, ['https://console.example']);
  assert.deepEqual(cors.AllowMethods, ['GET', 'POST']);
  assert.deepEqual(cors.AllowHeaders, ['authorization', 'content-type']);
  assert.equal(cors.AllowCredentials, undefined);
});

describe('where certificates of ACM are requested', () => {
  const template = packaged('dev', ['acmRegion=us-east-1']);
  const region = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };

  test('just the functions that request, adopt, cancel and export have rights, in that region', () => {
    const each = [
      ['Allow', ['acm:RequestCertificate', 'acm:ListCertificates'], '*', region],
      ['Allow', ['acm:AddTagsToCertificate', 'acm:DeleteCertificate', 'acm:DescribeCertificate',
        'acm:ExportCertificate', 'acm:GetCertificate', 'acm:ListTagsForCertificate'],
        'arn:${AWS::Partition}:acm:*:${AWS::AccountId}:certificate/*', region],
    ];
    const expected = [...STEPS, 'Adopt', 'Cancel', 'Export']
      .flatMap((name) => each.map((right) => [`${name}Role`, ...right]));
    assert.deepEqual(rights(template).sort(), expected.sort());
  });

  test('every function knows the region', () => {
    for (const variables of environments(template)) {
      assert.equal(variables.AWS_ACM_REGION, 'us-east-1');
    }
  });
});

/** Role, effect, actions, resources and condition of each right that a managed policy gives. */
function rights(template) {
  return Object.values(template.Resources)
    .filter((policy) => policy.Type === 'AWS::IAM::ManagedPolicy' && policy.Properties.Roles)
    .filter((policy) => evaluated(template, template.Conditions[policy.Condition]))
    .flatMap((policy) => policy.Properties.Roles.flatMap(({ Ref: role }) =>
      statements(policy).map((one) => evaluated(template, one)).map(({ Effect, Action, Resource, Condition }) =>
        [role, Effect, Action, Resource, Condition])));
}

function environments(template) {
  const functions = Object.values(template.Resources).filter((r) => r.Type === 'AWS::Lambda::Function');
  assert.ok(functions.length > 0);
  return functions.map((f) => evaluated(template, f.Properties.Environment.Variables));
}
