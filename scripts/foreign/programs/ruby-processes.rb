# Children are made, stopped, killed and waited for, by threads as well.
8.times { |status| fork { sleep 0.01 * status; exit! status } }
Process.waitall
Process.detach(fork { exit 7 }).value
child = fork { sleep }
Process.kill(:TERM, child)
Process.wait child
child = fork { Process.kill(:STOP, $$); exit 2 }
Process.wait2(child, Process::WUNTRACED)
Process.kill(:CONT, child)
Process.wait2(child)
4.times.map { Thread.new { system('true') } }.each(&:join)
