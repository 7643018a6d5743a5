// Packages the service without AWS and reads the template that would be deployed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The template that would be deployed to a stage with these parameters (`name=value`). */
export function packaged(stage, parameters) {
  assert.ok(existsSync('target/function.zip'), 'run ./mvnw package first');
  const directory = mkdtempSync(join(tmpdir(), 'polycert-'));
  try {
    const run = spawnSync('node_modules/.bin/osls',
      ['package', '--stage', stage, '--package', directory, ...parameters.flatMap((p) => ['--param', p])],
      { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stdout + run.stderr);
    return JSON.parse(readFileSync(join(directory, 'cloudformation-template-update-stack.json'), 'utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The logical ids that Ref, Fn::GetAtt and Fn::Sub name. */
export function references(value) {
  if (Array.isArray(value)) {
    return value.flatMap(references);
  }
  if (!(value instanceof Object)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) => {
    switch (key) {
      case 'Ref':
        return [member];
      case 'Fn::GetAtt':
        return [Array.isArray(member) ? member[0] : member.split('.')[0]];
      case 'Fn::Sub':
        return [...[member].flat()[0].matchAll(/\$\{([\w:]+)/g)].map((match) => match[1]);
      default:
        return references(member);
    }
  });
}

/** The statements of a role's own policies, or of a managed policy. */
export function statements({ Properties: { PolicyDocument, Policies } }) {
  return PolicyDocument?.Statement ?? Policies.flatMap((policy) => policy.PolicyDocument.Statement);
}

/**
 * A value as CloudFormation evaluates it, for those of its functions that infra/ uses with
 * parameters; references that only AWS can resolve stay as they are. Members without a value are
 * left out.
 */
export function evaluated(template, value) {
  const of = (member) => evaluated(template, member);
  if (Array.isArray(value)) {
    return value.map(of);
  }
  if (!(value instanceof Object)) {
    return value;
  }
  const [[name, argument] = []] = Object.entries(value);
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? undefined : value;
    case 'Fn::Equals':
      return of(argument[0]) === of(argument[1]);
    case 'Fn::Not':
      return !of(argument[0]);
    case 'Fn::If':
      return of(of(template.Conditions[argument[0]]) ? argument[1] : argument[2]);
    case 'Fn::Join':
      return of(argument[1]).join(argument[0]);
    case 'Fn::Split':
      return of(argument[1]).split(argument[0]);
    case 'Fn::Sub':
      return argument;
    default:
      return Object.fromEntries(Object.entries(value)
        .map(([key, member]) => [key, of(member)])
        .filter(([, member]) => member !== undefined));
  }
}
