package dev.lifeboat.pgarchive;

import java.time.Instant;

/**
 * The head of an archive (ReadHead of PostgreSQL's pg_backup_archiver.c), or what the comments at the beginning of a plain dump say.
 *
 * @param format how the archive lies in its storage
 * @param formatVersion such as {@code 1.14}; of a plain dump {@code none}
 * @param compression of every data block
 * @param createdAt when pg_dump began, to the second. The archive holds a local time without its zone; it is read as UTC,
 *     which is what containers run in; null for a plain dump
 * @param databaseName the dumped database; null for a plain dump that does not create it
 * @param serverVersion of the server, such as {@code 15.18 (Debian 15.18-0+deb12u1)}
 * @param dumpVersion of pg_dump, in the same form
 * @param entryCount entries in the table of contents
 */
public record ArchiveHeader(
        ArchiveFormat format,
        String formatVersion,
        Compression compression,
        Instant createdAt,
        String databaseName,
        String serverVersion,
        String dumpVersion,
        int entryCount) {}
