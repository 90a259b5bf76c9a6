/**
 * A keeper in plain POSIX shell: runs one command and ends it when the other end of the keeper's standard input is
 * closed, in whatever way that happened: nothing that it keeps outlives the process that started it, not even when
 * that one was killed with -9.
 *
 * Arguments: a log file, tenths of a second that the command has for ending in order, the command, its arguments. Prints the command's process id and takes signal names, one a
 * line. Its exit code is the command's; 128 and the signal's number where a signal ended it.
 */
export const KEEPER_SCRIPT = `
exec 3<&0 4>&1 </dev/null >>"$1" 2>&1
grace=$2
shift 2
"$@" 3<&- 4>&- &
child=$!
(
  while read -r name <&3; do kill -s "$name" "$child" 2>/dev/null; done
  kill -s CONT "$child" 2>/dev/null
  kill -s TERM "$child" 2>/dev/null
  tenths=0
  while [ "$tenths" -lt "$grace" ] && kill -0 "$child" 2>/dev/null; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  kill -s KILL "$child" 2>/dev/null
) 4>&- &
watcher=$!
echo "$child" >&4
exec 4>&-
wait "$child"
code=$?
kill -s KILL "$watcher" 2>/dev/null
exit "$code"
`;
