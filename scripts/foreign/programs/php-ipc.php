<?php
// Four processes share a semaphore; a segment and a queue are written and read.
$key = ftok(__FILE__, 'o');
$semaphore = sem_get($key, 2);
for ($child = 0; $child < 4; $child++)
    if (pcntl_fork() == 0) {
        for ($turn = 0; $turn < 20; $turn++) {
            sem_acquire($semaphore);
            usleep(100);
            sem_release($semaphore);
        }
        exit($child);
    }
while (pcntl_wait($status) > 0);
sem_remove($semaphore);
$segment = shm_attach($key, 10000);
shm_put_var($segment, 1, [1, 2, 3]);
shm_detach($segment);
shm_remove(shm_attach($key));
$queue = msg_get_queue($key);
msg_send($queue, 5, 'first');
msg_send($queue, 3, ['second']);
msg_receive($queue, -4, $type, 1000, $data);
msg_receive($queue, 0, $type, 1000, $data, true, MSG_IPC_NOWAIT);
@msg_receive($queue, 0, $type, 1000, $data, true, MSG_IPC_NOWAIT);
msg_set_queue($queue, ['msg_qbytes' => 100]);
@msg_send($queue, 1, str_repeat('x', 200), false, false);
msg_remove_queue($queue);
