# subprocess, multiprocessing, os.fork and os.wait.
import multiprocessing, os, signal, subprocess, time


def square(x):
    return x * x


if __name__ == "__main__":
    for code in range(6):
        assert subprocess.run(f"exit {code}", shell=True).returncode == code
    with multiprocessing.get_context("fork").Pool(3) as pool:
        print(sum(pool.map(square, range(50))))
    child = os.fork()
    if child == 0:
        time.sleep(10)
    os.kill(child, signal.SIGKILL)
    print(os.waitpid(child, 0)[1])
    try:
        os.wait()
    except ChildProcessError as error:
        print(error)
