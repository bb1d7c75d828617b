package dev.lifeboat.local.explore;

/**
 * A call that may still act, although nobody waits for it: its Task timed out, its execution was stopped, or it was delivered twice.
 *
 * @param call what was asked
 * @param run the index of its execution
 */
record Late(Call call, int run) {}
