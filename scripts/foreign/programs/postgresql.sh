# A server is initialised, serves pgbench and is stopped.
export LC_ALL=C
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
if [ "$(id -u)" = 0 ]; then
  chown postgres .
  exec runuser -u postgres -- sh "$0"
fi
"$bin/initdb" -D data -A trust > /dev/null || exit 1
"$bin/pg_ctl" -D data -o "-k $PWD -h ''" -w -l log start > /dev/null || exit 1
"$bin/createdb" -h "$PWD" bench && "$bin/pgbench" -h "$PWD" -i -q bench && "$bin/pgbench" -h "$PWD" -c 4 -j 2 -t 40 bench
status=$?
"$bin/pg_ctl" -D data -m fast stop
exit $status
