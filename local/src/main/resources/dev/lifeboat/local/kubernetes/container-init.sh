# The init of a container's process: run as `bash -c "$(this file)" container-init COMMAND...` in a session of its own.
# Its standard input is a pipe that the runner holds: when the runner is gone, however it died, the pipe ends and the
# container's whole process group is killed. It passes on SIGTERM and SIGINT, and leaves no stray behind.
exec 3<&0 0</dev/null
setsid "$@" 3<&- &
child=$!
{
  read -r -u 3 _
  kill -KILL -- "-$child"
} >/dev/null 2>&1 &
watcher=$!
exec 3<&-
trap 'kill -TERM "$child" 2>/dev/null' TERM
trap 'kill -INT "$child" 2>/dev/null' INT
wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
kill -KILL -- "-$child" 2>/dev/null
kill -KILL "$watcher" 2>/dev/null
exit "$code"
