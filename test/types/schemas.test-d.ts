import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod/mini';
import type { Edit, LinkPatch, SegmentPatch } from '../../src/model/catalog.js';
import type { Plan } from '../../src/model/diff.js';
import type { Learner } from '../../src/model/learner.js';
import type * as options from '../../src/model/options.js';
import type { Rule } from '../../src/model/rule.js';
import type { Repositories } from '../../src/repositories/repositories.js';
import type { editSchema, linkSchema, segmentSchema } from '../../src/validate/edit.js';
import { exact } from '../../src/validate/exact.js';
import type { learnerSchema } from '../../src/validate/learner.js';
import type {
  Flat,
  limitSchema,
  operationSchema,
  optionsSchema,
  reconcileSchema,
  runSchema,
} from '../../src/validate/options.js';
import * as parsers from '../../src/validate/parse.js';
import type { planSchema, StoredPlan } from '../../src/validate/plan.js';

describe('schemas', () => {
  it('schemas have the interfaces as their output', () => {
    expectTypeOf<z.output<typeof segmentSchema>>().toEqualTypeOf<SegmentPatch>();
    expectTypeOf<z.output<typeof linkSchema>>().toEqualTypeOf<LinkPatch>();
    expectTypeOf<z.output<typeof editSchema>>().toEqualTypeOf<Edit>();
    expectTypeOf<z.output<typeof learnerSchema>>().toEqualTypeOf<Learner>();
    expectTypeOf<z.output<typeof planSchema>>().toEqualTypeOf<StoredPlan>();
    expectTypeOf<Plan>().toExtend<StoredPlan>();
    expectTypeOf<z.output<typeof limitSchema>>().toEqualTypeOf<options.Limit>();
    expectTypeOf<z.output<typeof optionsSchema>>().toEqualTypeOf<options.SmartEnrolmentsOptions>();
    expectTypeOf<z.output<typeof runSchema>>().toEqualTypeOf<Flat<options.RunOptions & options.Confirm>>();
    expectTypeOf<z.output<typeof operationSchema>>().toEqualTypeOf<
      Flat<options.RunOptions & options.Confirm & options.By>
    >();
    expectTypeOf<z.output<typeof reconcileSchema>>().toEqualTypeOf<
      Flat<options.RunOptions & options.Confirm & options.By & options.ReconcileScope>
    >();
  });

  it('a schema is accepted for an interface only if both are exactly the same', () => {
    interface Shape {
      readonly id: string;
      readonly title?: string;
    }
    const id = z.string();
    exact<Shape>()(z.readonly(z.object({ id, title: z.optional(z.string()) })));
    // @ts-expect-error a key is missing
    exact<Shape>()(z.readonly(z.object({ id })));
    // @ts-expect-error a key is too many
    exact<Shape>()(z.readonly(z.object({ id, title: z.optional(z.string()), note: z.optional(z.string()) })));
    // @ts-expect-error a key is not optional
    exact<Shape>()(z.readonly(z.object({ id, title: z.string() })));
    // @ts-expect-error a key has another type
    exact<Shape>()(z.readonly(z.object({ id: z.number(), title: z.optional(z.string()) })));
    // @ts-expect-error the keys are not readonly
    exact<Shape>()(z.object({ id, title: z.optional(z.string()) }));
  });
});

describe('parsers', () => {
  it('parsers return our own types', () => {
    expectTypeOf(parsers.parseEdits).returns.toEqualTypeOf<readonly Edit[]>();
    expectTypeOf(parsers.parseChange).returns.toEqualTypeOf<readonly Edit[] | StoredPlan>();
    expectTypeOf(parsers.parseRule).returns.toEqualTypeOf<Rule>();
    expectTypeOf(parsers.parseRepositories).returns.toEqualTypeOf<Repositories>();
    expectTypeOf(parsers.parseReconcileOptions).returns.toExtend<options.ReconcileScope>();
    expectTypeOf(
      parsers.parseTogether(
        () => 1,
        () => 'a',
      ),
    ).toEqualTypeOf<[number, string]>();
  });
});
