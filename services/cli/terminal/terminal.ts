/** Where a command's words go and where it reads from. */
export interface Terminal {
  /** One or more lines of a result. */
  readonly print: (text: string) => void;
  /** One line about what is under way or went wrong; never part of a result. */
  readonly note: (text: string) => void;
  /** All of the standard input. */
  readonly readInput: () => Promise<string>;
  /** One line that is typed and not shown; the first line of the standard input where nobody types. */
  readonly readSecret: (prompt: string) => Promise<string>;
}

/** The terminal of a process. A reader that goes away (`blo inbox | head`) ends the output, not in an error. */
export function processTerminal(process: NodeJS.Process): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const readInput = async (): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  };
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    readInput,
    readSecret: async (prompt) => {
      if (!process.stdin.isTTY) return (await readInput()).split('\n')[0]?.trimEnd() ?? '';
      process.stderr.write(prompt);
      try {
        return await typedUnseen(process.stdin);
      } finally {
        process.stderr.write('\n');
      }
    },
  };
}

/** What is typed until Enter; Ctrl-C ends the process as everywhere, Backspace takes back. */
function typedUnseen(input: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve) => {
    let typed = '';
    input.setRawMode(true).setEncoding('utf8').resume();
    const take = (text: string): void => {
      for (const key of text) {
        if (key === '\u0003') process.kill(process.pid, 'SIGINT');
        else if (key === '\u007f' || key === '\b') typed = [...typed].slice(0, -1).join('');
        else if (key !== '\r' && key !== '\n' && key !== '\u0004') typed += key;
        else {
          input.off('data', take).setRawMode(false).pause();
          resolve(typed);
          return;
        }
      }
    };
    input.on('data', take);
  });
}
