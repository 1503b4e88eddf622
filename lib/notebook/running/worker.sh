# Runs one training of a list, and ends it when the runner is gone, however that ended.
#
# sh worker.sh LOG COMMAND...
#
# The runner holds the other end of standard input and never writes to it. What the command writes is added to LOG.
log=$1
shift
exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
worker=$!
# it outlives this shell, should that be killed
(read -r _ <&3; kill -TERM $worker; sleep 30; kill -KILL $worker) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
trap 'interrupted=yes; kill -TERM $worker' INT TERM HUP

interrupted=yes
while [ $interrupted ]; do # a signal ends the waiting before it ends the worker
  interrupted=
  wait $worker
  status=$?
done
kill $watcher 2>/dev/null
exit $status
