#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

static void nothing_asked_can_be_freed(void **state)
{
    (void)state;
    free(mem_alloc(0));
    free(mem_zero(0, 8));
    free(mem_zero(8, 0));
    free(mem_resize(NULL, 0, 8));
    free(mem_resize(mem_alloc(5), 0, 0));
}

static void memory_is_zeroed_and_resized(void **state)
{
    (void)state;
    unsigned char *memory = mem_zero(10, 3);
    for (int i = 0; i < 30; i++)
        assert_int_equal(memory[i], 0);
    memset(memory, 7, 30);
    memory = mem_resize(memory, 1000, 3);
    for (int i = 0; i < 30; i++)
        assert_int_equal(memory[i], 7);
    free(memory);
    char *copy = mem_copy_string("word");
    assert_string_equal(copy, "word");
    free(copy);
}

/* In a child, because the program ends. */
static void no_memory_says_so_and_aborts(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        free(mem_resize(NULL, SIZE_MAX / 2, 3));
        _exit(0);
    }
    close(ends[1]);
    char said[200] = "";
    ssize_t length = read(ends[0], said, sizeof said - 1);
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_true(length > 0);
    assert_string_equal(said, "microscope: out of memory\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_can_be_freed),
        cmocka_unit_test(memory_is_zeroed_and_resized),
        cmocka_unit_test(no_memory_says_so_and_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
