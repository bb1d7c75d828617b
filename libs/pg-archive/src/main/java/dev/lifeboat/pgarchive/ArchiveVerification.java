package dev.lifeboat.pgarchive;

import java.util.List;

/**
 * What one pass over an archive found.
 *
 * @param header null when it is unreadable
 * @param entries the table of contents; empty when it is unreadable
 * @param tables one for every TABLE DATA entry whose rows could be read to their end, in the order of the archive
 * @param problems in the order of the archive, each in the form of {@link ArchiveException}'s message; empty for a sound archive
 * @param bytesRead all bytes up to the stream's end; of a directory, those that were read of its files
 * @param unsupported whether all problems are that this version can't read the archive, which may well be whole
 */
public record ArchiveVerification(
        ArchiveHeader header,
        List<TocEntry> entries,
        List<TableContent> tables,
        List<String> problems,
        long bytesRead,
        boolean unsupported) {
    public ArchiveVerification {
        entries = List.copyOf(entries);
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /** Whether the archive is whole in every respect that can be told from itself. */
    public boolean sound() {
        return problems.isEmpty();
    }
}
