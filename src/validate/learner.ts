import * as z from 'zod/mini';
import type { LearnerId, SegmentId } from '../model/ids.js';
import type { Learner, Profile, Scalar } from '../model/learner.js';
import { exact } from './exact.js';
import { isId, isShort, tooLong } from './id.js';
import type { Issues } from './issues.js';
import { at, type Place } from './place.js';
import { isPlain } from './plain.js';
import { check, frozen, id, later, listOf } from './schema.js';
import { LIST_LENGTH, PROFILE_TEXT_LENGTH } from './size-limits.js';

/** A learner; the profile is read separately. */
export const learnerSchema: z.ZodMiniType<Learner> = exact<Learner>()(
  frozen(
    z.strictObject(
      {
        id: id<LearnerId>(),
        profile: later<Profile>('a profile (a plain object)'),
        segments: z.optional(listOf(id<SegmentId>())),
        active: z.optional(z.boolean('true or false')),
      },
      'a learner',
    ),
  ),
);

/** Copies a list of learners, or adds the issues of their shape. Whether values fit declared fields is not checked here. */
export function readLearners(value: unknown, place: Place | undefined, issues: Issues): readonly Learner[] | undefined {
  if (!Array.isArray(value)) {
    issues.wrongType('a list of learners', value, place);
    return undefined;
  }
  const ids = new Set<string>();
  const learners: Learner[] = [];
  for (let i = 0; i < value.length && !issues.full(); i++) {
    const here = at(place, i);
    const learner = readLearner(value[i], here, issues);
    if (!learner) continue;
    if (ids.has(learner.id)) issues.add('duplicate', at(here, 'id'), 'this learner is already in the list');
    ids.add(learner.id);
    learners.push(learner);
  }
  return Object.freeze(learners);
}

function readLearner(value: unknown, place: Place, issues: Issues): Learner | undefined {
  const shape = check(learnerSchema, value, place, issues);
  // The profile of a learner with other issues is checked too, so that every issue is listed.
  const given = shape ? shape.profile : (Object(value) as Partial<Learner>).profile;
  if (given === undefined) return undefined;
  const profile = readProfile(given, at(place, 'profile'), issues);
  if (!shape || !profile) return undefined;
  const learner: { -readonly [Key in keyof Learner]: Learner[Key] } = { id: shape.id, profile };
  if (shape.segments !== undefined) learner.segments = shape.segments;
  if (shape.active !== undefined) learner.active = shape.active;
  return Object.freeze(learner);
}

function readProfile(value: unknown, place: Place, issues: Issues): Profile | undefined {
  if (!isPlain(value)) {
    issues.wrongType('a profile (a plain object)', value, place);
    return undefined;
  }
  // No prototype, so that a field may have any name.
  const profile: { [field: string]: Profile[string] } = Object.create(null);
  for (const field of Object.keys(value)) {
    if (issues.full()) break;
    const here = at(place, field);
    if (!isId(field, here, issues)) continue;
    const entry = value[field];
    profile[field] = Array.isArray(entry) ? readList(entry, here, issues) : readScalar(entry, here, issues);
  }
  return Object.freeze(profile);
}

function readList(list: readonly unknown[], place: Place, issues: Issues): readonly Scalar[] {
  const { length } = list;
  const values: Scalar[] = [];
  if (length > LIST_LENGTH) issues.add('too_long', place, tooLong(LIST_LENGTH, length, 'values'));
  else for (let i = 0; i < length && !issues.full(); i++) values.push(readScalar(list[i], at(place, i), issues));
  return Object.freeze(values);
}

function readScalar(value: unknown, place: Place, issues: Issues): Scalar {
  if (value === undefined || value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') issues.wrongType('text, a finite number, a boolean or null', value, place);
  else if (isShort(value, PROFILE_TEXT_LENGTH, place, issues)) return value;
  return undefined;
}
