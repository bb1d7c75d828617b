package dev.lifeboat.pgrestore;

/**
 * How far the work after the data has come.
 *
 * @param finished whether nothing is left to do; if not, call again
 * @param done steps done
 * @param total steps in all: sequences, indexes, constraints, triggers, privileges, statistics, …
 */
public record FinishResult(boolean finished, int done, int total) {}
