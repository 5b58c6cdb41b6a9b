# Forty targets, eight at a time, a pipeline each.
cat > Makefile <<'END'
N := $(shell seq 1 40)
all: $(addprefix out.,$(N))
out.%:
	@echo $* | tr 0-9 a-j | cat > $@; test -s $@
END
make -j8 all
