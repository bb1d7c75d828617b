package dev.lifeboat.local.explore;

/**
 * A call that may still act, although nobody waits for it: its Task timed out, its execution was stopped, or it was delivered twice.
 *
 * @param call what was asked
 * @param run the index of its execution
 * @param server which PostgreSQL server was the target's when it was called, and is the one that it reaches
 */
record Late(Call call, int run, int server) {}
