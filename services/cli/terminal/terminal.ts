/** Where a command's words go and where it reads from. */
export interface Terminal {
  /** One or more lines of a result. */
  readonly print: (text: string) => void;
  /** One line about what is under way or went wrong; never part of a result. */
  readonly note: (text: string) => void;
  /** All of the standard input. */
  readonly readInput: () => Promise<string>;
}

/** The terminal of a process. A reader that goes away (`blo inbox | head`) ends the output, not in an error. */
export function processTerminal(process: NodeJS.Process): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}
