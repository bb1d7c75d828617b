package dev.lifeboat.aws.pgbackrest;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where a repository's files lie: the one seam to storage. Failures of the storage are thrown unchecked, as errors of the contract, and never
 * as {@link java.io.IOException}, so that nobody takes storage that is down for a repository that is damaged. Thread-safe.
 */
public interface RepositoryFiles {
    /** For messages: the repository's root. */
    String name();

    /** Every file below a folder, at any depth, in the order of their paths; none when there is no such folder. */
    List<StoredFile> list(String folder);

    /** The names of the folders in a folder, in their order. */
    List<String> folders(String folder);

    /** What is known of a file without reading it; empty when there is none. */
    Optional<StoredFile> find(String path);

    /**
     * A whole small file.
     *
     * @param atMost bytes that it may have
     * @return empty when there is none
     * @throws dev.lifeboat.contract.error.BackupUnusableException when it is larger
     */
    Optional<byte[]> read(String path, int atMost);

    /**
     * A file's bytes from its beginning.
     *
     * @throws dev.lifeboat.contract.error.BackupUnusableException when there is none, now or while it is read
     */
    InputStream open(String path);
}
