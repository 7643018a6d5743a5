// Workflows only call scripts of the repository, which run on any machine.
import assert from 'node:assert/strict';
import { accessSync, constants, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import yaml from 'js-yaml';

const WORKFLOWS = '.github/workflows';

for (const file of readdirSync(WORKFLOWS)) {
  describe(file, () => {
    const steps = Object.values(yaml.load(readFileSync(join(WORKFLOWS, file), 'utf8')).jobs).flatMap((job) => job.steps);

    test('has no work of its own', () => {
      const scripts = steps.filter((step) => step.run).map((step) => step.run);
      assert.ok(scripts.length > 0);
      for (const script of scripts) {
        assert.match(script, /^\.ci\/[a-z]+( [^\n;&|]+)?$/);
        accessSync(script.split(' ')[0], constants.X_OK);
      }
    });

    test('names a version of each action', () => {
      for (const { uses } of steps.filter((step) => step.uses)) {
        assert.match(uses, /^(actions|graalvm)\/[a-z-]+@v[0-9]+$/);
      }
    });
  });
}
