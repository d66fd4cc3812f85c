import type { FC } from 'hono/jsx';
import type { Trace } from 'smart-enrolments';
import type { Titles } from '../lms/names.js';
import { conditionText } from '../rules/words.js';

/** The tree of a rule, with the result of each part. */
export const TraceTree: FC<{ readonly trace: Trace; readonly titles: Titles }> = ({ trace, titles }) => (
  <ul class="trace">
    <Step trace={trace} titles={titles} />
  </ul>
);

const Step: FC<{ readonly trace: Trace; readonly titles: Titles }> = ({ trace, titles }) => {
  const inner = innerOf(trace);
  return (
    <li>
      <span class={trace.holds ? 'tag good' : 'tag bad'}>{trace.holds ? 'Yes' : 'No'}</span> {traceText(trace, titles)}
      {inner.length > 0 && (
        <ul>
          {inner.map((each) => (
            <Step trace={each} titles={titles} />
          ))}
        </ul>
      )}
    </li>
  );
};

function innerOf(trace: Trace): readonly Trace[] {
  if ('all' in trace) return trace.all;
  if ('any' in trace) return trace.any;
  if ('not' in trace) return [trace.not];
  return 'segment' in trace && trace.rule ? [trace.rule] : [];
}

/** One step in words, without its children. */
export function traceText(trace: Trace, titles: Titles): string {
  if ('all' in trace) return 'all of these';
  if ('any' in trace) return trace.any.length > 0 ? 'any of these' : 'no one';
  if ('not' in trace) return 'not this';
  if ('everyone' in trace) return 'everyone';
  if ('segment' in trace) {
    const title = titles.segments.get(trace.segment) ?? trace.segment;
    return `is in segment ${title}${trace.placed ? ', placed by hand' : ''}`;
  }
  return conditionText(trace, titles) + (trace.blank && trace.op !== 'blank' ? ' (it is blank)' : '');
}
