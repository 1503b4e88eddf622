# Runs a kernel, and ends it when the runner is gone, however that ended: kill -9 lets nobody do it himself.
#
# sh supervise.sh FOLDER COMMAND...
#
# The runner holds the other end of standard input and never writes to it. FOLDER is removed with the kernel.
folder=$1
shift
exec 3<&0 4>&2 2>/dev/null
"$@" </dev/null 2>&4 3<&- 4>&- &
kernel=$!
# it outlives the supervisor, should that be killed
(read -r _ <&3; kill -KILL $kernel; rm -rf "$folder") 4>&- &
watcher=$!
exec 3<&- 4>&-
trap 'interrupted=yes; kill -KILL $kernel' INT TERM HUP

interrupted=yes
while [ $interrupted ]; do # a signal ends the waiting before it ends the kernel
  interrupted=
  wait $kernel
  status=$?
done
kill $watcher
rm -rf "$folder"
exit $status
