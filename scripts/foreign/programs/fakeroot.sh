# Files change hands, as their server says, which four programs ask at the same time.
fakeroot-sysv sh -c 'touch a; chown 5:5 a; mkdir b; tar cf b.tar a; for i in 1 2 3 4; do stat a & done; wait'
