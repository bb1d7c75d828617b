package dev.lifeboat.report;

import java.time.Instant;

/**
 * How far the restore came.
 *
 * @param rows loaded
 * @param bytes that they take in the archive, compressed
 * @param loadMillis of work, of all functions together; they run side by side
 * @param objects made after the rows: indexes, constraints, privileges, statistics, …
 * @param objectsTotal of them in all; 0 when it did not come to that
 * @param finishMillis that they took
 * @param expectedEnd when they would all have been there; null when they are, or when nobody could tell
 */
public record Progress(
        long rows,
        long bytes,
        long loadMillis,
        int objects,
        int objectsTotal,
        long finishMillis,
        Instant expectedEnd) {}
