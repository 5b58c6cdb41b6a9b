# Python's own tests of processes, where they are installed.
exec python3 -m test -q test_fork1 test_wait3 test_wait4 test_popen
