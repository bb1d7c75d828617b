package dev.lifeboat.aws.pgbackrest;

import dev.lifeboat.pgarchive.Compression;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the archive that holds a segment.
 *
 * @param segment which one
 * @param sha1 of the segment's own bytes, before compression and encryption: the repository's record of it, which is in the file's name
 * @param compression null for one that only pgBackRest can read (bzip2)
 * @param path below the repository's root
 * @param storedBytes as it is stored
 * @param storedAt when
 */
public record ArchivedSegment(
        WalSegment segment, String sha1, Compression compression, String path, long storedBytes, Instant storedAt) {
    private static final Pattern FILE =
            Pattern.compile("(?:.*/)?([0-9A-F]{24})-([0-9a-f]{40})(\\.gz|\\.lz4|\\.zst|\\.bz2)?");

    /** Empty when the file holds no whole segment: a history file, a partial segment, a backup's label. */
    static Optional<ArchivedSegment> of(StoredFile file) {
        Matcher matcher = FILE.matcher(file.path());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return WalSegment.parse(matcher.group(1))
                .map(segment -> new ArchivedSegment(
                        segment,
                        matcher.group(2),
                        compression(matcher.group(3)),
                        file.path(),
                        file.size(),
                        file.storedAt()));
    }

    /** @param suffix of a file's name, null or empty for none */
    static Compression compression(String suffix) {
        if (suffix == null || suffix.isEmpty()) {
            return Compression.NONE;
        }
        return switch (suffix) {
            case ".gz" -> Compression.GZIP;
            case ".lz4" -> Compression.LZ4;
            case ".zst" -> Compression.ZSTD;
            default -> null;
        };
    }
}
