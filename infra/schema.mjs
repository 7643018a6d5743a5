// Compares CloudFormation resources with the specification that AWS publishes of their types.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const spec = loadAwsServiceSpecSync();

/** The faults of a template: unknown types, unknown or missing properties, wrong values. */
export function violations(template) {
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const [type] = spec.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
    if (type === undefined) {
      return [`${id}: there is no ${resource.Type}`];
    }
    return members(id, resource.Properties ?? {}, type.properties);
  });
}

function members(path, value, properties) {
  const unknown = Object.keys(value)
    .filter((name) => !(name in properties))
    .map((name) => `${path}.${name} is not known`);
  const missing = Object.entries(properties)
    .filter(([name, property]) => property.required && !(name in value))
    .map(([name]) => `${path}.${name} is missing`);
  const wrong = Object.entries(value)
    .filter(([name]) => name in properties)
    .flatMap(([name, member]) => mismatches(`${path}.${name}`, member, properties[name].type));
  return [...unknown, ...missing, ...wrong];
}

function mismatches(path, value, type) {
  if (isFunction(value)) {
    return [];
  }
  switch (type.type) {
    case 'string':
      // CloudFormation converts numbers and booleans to texts where it wants texts.
      return expect(path, !(value instanceof Object), 'a text');
    case 'number':
    case 'integer':
      return expect(path, Number.isFinite(Number(value)), 'a number');
    case 'boolean':
      return expect(path, [true, false, 'true', 'false'].includes(value), 'a boolean');
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, i) => mismatches(`${path}[${i}]`, item, type.element))
        : [`${path} is not a list`];
    case 'map':
      return Object.entries(value).flatMap(([key, item]) =>
        mismatches(`${path}.${key}`, item, type.element));
    case 'ref':
      return value instanceof Object && !Array.isArray(value)
        ? members(path, value, spec.get('typeDefinition', type.reference.$ref).properties)
        : [`${path} is not an object`];
    case 'union':
      return type.types.some((one) => mismatches(path, value, one).length === 0)
        ? []
        : [`${path} is of none of its types`];
    default:
      return [];
  }
}

function isFunction(value) {
  const keys = value instanceof Object ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

function expect(path, holds, what) {
  return holds ? [] : [`${path} is not ${what}`];
}
