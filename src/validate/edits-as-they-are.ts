import { checkLink, checkSegment } from './catalog.js';
import type { Issues } from './issues.js';
import { checkList } from './list.js';
import { at, type Place } from './place.js';
import { isText, type Row, rowOf } from './row.js';
import { type RuleReading, readingOf } from './rule.js';
import { LIST_LENGTH } from './size-limits.js';

/** Adds the issues of a list of edits that is used without a copy. Unlike `readEdits`, it needs no schema. */
export function checkEdits(value: unknown, place: Place, issues: Issues): void {
  const reading = readingOf(issues, true);
  checkList(value, LIST_LENGTH, place, issues, (entry, here) => {
    const edit = rowOf(entry, 'an edit', here, issues);
    if (edit) checkEdit(edit, here, reading);
  });
}

function checkEdit(edit: Row, place: Place, reading: RuleReading): void {
  const { issues } = reading;
  switch (edit.type) {
    case 'saveSegment': {
      const segment = rowOf(edit.segment, 'a segment', at(place, 'segment'), issues);
      // Keys that are left out keep their value, and null clears them.
      if (segment)
        checkSegment(
          { ...segment, title: segment.title === undefined ? '' : segment.title, rule: segment.rule ?? undefined },
          at(place, 'segment'),
          reading,
        );
      return;
    }
    case 'link': {
      const link = rowOf(edit.link, 'a link', at(place, 'link'), issues);
      if (link)
        checkLink({ ...link, rule: link.rule ?? undefined, data: link.data ?? undefined }, at(place, 'link'), reading);
      return;
    }
    case 'deleteSegment':
      isText(edit, 'segmentId', place, issues);
      return;
    case 'unlink':
      isText(edit, 'linkId', place, issues);
      return;
    default:
      issues.wrongType('one of saveSegment, deleteSegment, link and unlink', edit.type, at(place, 'type'));
  }
}
