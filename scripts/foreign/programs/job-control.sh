set -m
sleep 0.3 & sleep 0.2 & sleep 5 &
jobs -l; kill -STOP %3; sleep 0.1; jobs; bg %3; kill %3; wait
for i in 1 2 3 4 5; do seq 1 100 | sort -r | head -3 | cat; done
(exit 7) | cat; echo ${PIPESTATUS[0]}
trap 'echo usr' USR1; (sleep 0.1; kill -USR1 $$) & wait; wait
cat <(echo a) <(echo b); x=$(echo $(date +%s)); 
timeout 0.2 sleep 5; echo $?
sleep 3 & p=$!; kill -9 $p; wait $p; echo $?
coproc cat; kill $COPROC_PID; wait
