import type { View } from '../catalog/view.js';
import type { Workspace } from '../catalog/workspace.js';
import { lowestBit, setBit, wordsFor } from '../rules/bits.js';
import type { Evaluation } from '../rules/evaluate.js';

/** What each learner of a chunk should hold: the links of a row, by index, in order, are `links` from `starts[row]` to before `starts[row + 1]`. */
export interface Wanted {
  readonly starts: Int32Array;
  readonly links: Int32Array;
}

/**
 * Turns the bitmaps of the audiences into rows. The members of each audience are listed once, however many links it has.
 * Then each link, in order, is appended to the rows of its audience's members, so that every row is in order.
 */
export function wantedOf(
  view: View,
  { bits, words }: Evaluation,
  present: Int32Array,
  rows: number,
  workspace: Workspace,
): Wanted {
  const { audiences, links, firsts, audienceAt } = view;
  const starts = workspace.starts.clear(rows + 1);
  const ends = workspace.ends.take(audiences.length);
  const touched = workspace.touched.clear(wordsFor(audienceAt.length));
  let members = workspace.members.take(rows);
  let count = 0;
  for (let audience = 0; audience < audiences.length; audience++) {
    if (count + rows > members.length) members = workspace.members.extend(count + rows);
    const base = audiences[audience]! * words;
    const begun = count;
    const first = firsts[audience]!;
    const last = firsts[audience + 1]!;
    for (let w = 0; w < words; w++) {
      for (let rest = bits[base + w]! & present[w]!; rest !== 0; rest &= rest - 1) {
        const row = (w << 5) + lowestBit(rest);
        members[count++] = row;
        starts[row] = starts[row]! + last - first;
      }
    }
    ends[audience] = count;
    if (count > begun) for (let i = first; i < last; i++) setBit(touched, 0, links[i]!);
  }
  const next = workspace.next.take(rows);
  const wanted = workspace.wanted.take(placed(starts, next, rows));
  for (let w = 0; w < wordsFor(audienceAt.length); w++) {
    for (let rest = touched[w]!; rest !== 0; rest &= rest - 1) {
      const link = (w << 5) + lowestBit(rest);
      const audience = audienceAt[link]!;
      const end = ends[audience]!;
      for (let m = audience === 0 ? 0 : ends[audience - 1]!; m < end; m++) {
        const row = members[m]!;
        const at = next[row]!;
        wanted[at] = link;
        next[row] = at + 1;
      }
    }
  }
  return { starts, links: wanted };
}

/** Turns the number of links of each row into the index of its first link, in both lists; returns the total. */
function placed(starts: Int32Array, next: Int32Array, rows: number): number {
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const links = starts[row]!;
    starts[row] = total;
    next[row] = total;
    total += links;
  }
  starts[rows] = total;
  return total;
}
