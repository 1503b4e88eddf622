# Runs Slurm on this machine, with two virtual nodes, until standard input is closed; then nothing of it is left.
#
# sh slurm.sh FOLDER HOST CONTROL_PORT PORT PORT
#
# FOLDER takes slurm.conf, logs and states. "ready" is printed when jobs can be submitted.
folder=$1 host=$2 control=$3 first=$4 second=$5
mkdir -p "$folder/state" "$folder/spool"
head -c 1024 /dev/urandom >"$folder/munge.key"
chmod 400 "$folder/munge.key"
# cred_expire: a job that is requeued begins after that many seconds, 120 if nothing is said
cat >"$folder/slurm.conf" <<END
ClusterName=unisrec
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$control
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=2
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
ReturnToService=2
SchedulerParameters=sched_interval=1
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$first CPUs=1 RealMemory=1200
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$second CPUs=1 RealMemory=1200
PartitionName=all Nodes=node[1-2] Default=YES MaxTime=INFINITE State=UP
END
SLURM_CONF=$folder/slurm.conf
daemons=
start() {
  SLURM_CONF=$SLURM_CONF "$@" >>"$folder/daemons.log" 2>&1 </dev/null &
  daemons="$daemons $!"
}
cleanup() {
  SLURM_CONF=$SLURM_CONF timeout 5 scancel --user=root 2>/dev/null
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -z "$(SLURM_CONF=$SLURM_CONF timeout 5 squeue --noheader 2>/dev/null)" ] && break
    sleep 0.5
  done
  kill $daemons 2>/dev/null
  sleep 1
  kill -KILL $daemons 2>/dev/null
  # whatever a job has left: it carries this Slurm's configuration in its environment
  for process in /proc/[0-9]*; do
    if grep -qsz "^SLURM_CONF=$SLURM_CONF\$" "$process/environ"; then kill -KILL "${process#/proc/}" 2>/dev/null; fi
  done
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

start munged --foreground --force --num-threads=2 --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
  --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
while [ ! -S "$folder/munge.socket" ]; do sleep 0.1; done
start slurmctld -D
start slurmd -D -N node1
start slurmd -D -N node2
until [ "$(SLURM_CONF=$SLURM_CONF timeout 5 sinfo --noheader --format=%t%D 2>/dev/null)" = idle2 ]; do sleep 0.2; done
echo ready
read -r _
