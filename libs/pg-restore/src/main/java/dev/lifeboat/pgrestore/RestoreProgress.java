package dev.lifeboat.pgrestore;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a restore has come.
 *
 * @param bytesDone of the archive's data, compressed; those that an earlier call restored are among them
 * @param bytesTotal at least {@code bytesDone}
 * @param rows loaded and committed; large objects count as one each
 * @param objectsDone definitions, indexes, constraints, privileges, statistics, …
 * @param objectsTotal at least {@code objectsDone}
 * @param elapsed since the meter was made
 * @param expectedEnd when what runs now is over, at the pace so far: the rows while rows are loaded, then the objects, of which the
 *     largest indexes come first. Null while there is no pace yet, and when all is done
 */
public record RestoreProgress(
        long bytesDone,
        long bytesTotal,
        long rows,
        int objectsDone,
        int objectsTotal,
        Duration elapsed,
        Instant expectedEnd) {}
