package dev.lifeboat.pgrestore;

/**
 * How far a script is replayed.
 *
 * @param statements so many are done
 * @param rowBytes so many bytes of the rows behind the next one, a COPY, are loaded
 */
record ScriptPosition(long statements, long rowBytes) {}
