package dev.lifeboat.aws.pgbackrest;

import java.time.Instant;

/**
 * A file of a repository.
 *
 * @param path below the repository's root, without a slash before it
 * @param size in bytes, as stored
 * @param storedAt when it was written last
 */
public record StoredFile(String path, long size, Instant storedAt) {}
