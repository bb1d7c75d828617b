package dev.lifeboat.local.explore;

/**
 * How much may go wrong on one path.
 *
 * @param faults how many calls of two executions may fail; those of one always may
 * @param lates how many calls may come late or twice, one after the other
 */
record Limits(int faults, int lates) {}
