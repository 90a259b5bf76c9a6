import type { TestOfficeNode } from '../support/region.ts';

/** What a node counted since it was started. */
export interface NodeFigures {
  readonly appends: number;
  readonly appendSeconds: number;
  readonly puts: number;
  readonly putSeconds: number;
  readonly framesOut: number;
}

function sumOf(text: string, series: string): number {
  let sum = 0;
  for (const line of text.split('\n'))
    if (line.startsWith(series)) sum += Number(line.slice(line.lastIndexOf(' ') + 1));
  return sum;
}

/** The node's own figures about its disk writes and frames. */
export async function figuresOf(office: TestOfficeNode): Promise<NodeFigures> {
  const text = await (await office.as('operator').open('/metrics', { accept: 'text/plain' })).text();
  return {
    appends: sumOf(text, 'liaison_ledger_append_seconds_count'),
    appendSeconds: sumOf(text, 'liaison_ledger_append_seconds_sum'),
    puts: sumOf(text, 'liaison_content_put_seconds_count'),
    putSeconds: sumOf(text, 'liaison_content_put_seconds_sum'),
    framesOut: sumOf(text, 'liaison_frames_total{direction="outbound"'),
  };
}

/** What was counted between two readings. */
export function figuresBetween(before: NodeFigures, after: NodeFigures): NodeFigures {
  return {
    appends: after.appends - before.appends,
    appendSeconds: after.appendSeconds - before.appendSeconds,
    puts: after.puts - before.puts,
    putSeconds: after.putSeconds - before.putSeconds,
    framesOut: after.framesOut - before.framesOut,
  };
}
