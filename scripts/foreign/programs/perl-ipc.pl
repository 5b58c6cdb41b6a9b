# The modules of Perl's distribution for System V IPC, and its calls on processes.
use strict; use warnings;
use IPC::SysV qw(IPC_PRIVATE IPC_CREAT IPC_EXCL IPC_NOWAIT IPC_RMID IPC_STAT S_IRUSR S_IWUSR SEM_UNDO ftok);
use IPC::Semaphore; use IPC::Msg; use IPC::SharedMem; use POSIX qw(:sys_wait_h :signal_h);
my $sem = IPC::Semaphore->new(IPC_PRIVATE, 4, S_IRUSR | S_IWUSR | IPC_CREAT) or die;
$sem->setall((0) x 4); $sem->setval(1, 3); print join(' ', $sem->getall), "\n";
$sem->op(1, -2, IPC_NOWAIT, 0, 1, 0) or die; $sem->op(1, -2, IPC_NOWAIT); print "$!\n";
my $msg = IPC::Msg->new(IPC_PRIVATE, S_IRUSR | S_IWUSR | IPC_CREAT) or die;
$msg->snd($_ % 3 + 1, "message $_") for 1 .. 9;
my $text; $msg->rcv($text, 256, 2); $msg->rcv($text, 256, -3); $msg->rcv($text, 256); print $msg->stat->qnum, "\n";
my $shm = IPC::SharedMem->new(IPC_PRIVATE, 4096, S_IRUSR | S_IWUSR) or die;
$shm->attach; $shm->write('hello', 0, 5);
for my $n (1 .. 5) {
    my $pid = fork // die;
    if (!$pid) { $sem->op(2, 1, SEM_UNDO); $sem->op(0, -1, 0); $msg->snd(9, "child $n"); $shm->detach; POSIX::_exit($n) }
}
$sem->op(0, 5, 0);
$msg->rcv($text, 256, 9) for 1 .. 5;
my $sum = 0; while ((my $pid = wait) > 0) { $sum += $? >> 8 } print "$sum\n";
print $sem->getval(2), "\n"; print $shm->stat->nattch, "\n";
local $SIG{USR1} = sub { print "signal\n" }; kill USR1 => $$;
my $pid = fork // die; if (!$pid) { sleep 10; exit } kill STOP => $pid; waitpid $pid, WUNTRACED; kill CONT => $pid; kill KILL => $pid; waitpid $pid, 0;
print "$?\n"; print waitpid(-1, WNOHANG), "\n";
$shm->remove; $msg->remove; $sem->remove;
