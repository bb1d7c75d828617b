package dev.lifeboat.aws.pgbackrest;

import dev.lifeboat.contract.error.BackupUnusableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads every byte of archived segments: each has to have the SHA-1 that the repository has recorded in its name, a segment's size, and a
 * first page that says it is this segment of this cluster (xlog_internal.h). Thread-safe.
 */
public final class WalVerification {
    /** XLogLongPageHeaderData up to xlp_seg_size. */
    private static final int HEAD_BYTES = 36;

    private static final int TIMELINE_AT = 4;
    private static final int ADDRESS_AT = 8;
    private static final int SYSTEM_AT = 24;
    private static final int SEGMENT_SIZE_AT = 32;

    private final RepositoryFiles files;
    private final ContentCheck content;
    private final String systemId;

    /**
     * @param repository whose WAL it is
     * @param systemId of the archive's cluster
     * @throws BackupUnusableException when archive.info cannot be used
     */
    public WalVerification(PgBackRestRepository repository, String systemId) {
        this.files = repository.files();
        this.content = new ContentCheck(new Decryption(repository.archivePassphrase()));
        this.systemId = systemId;
    }

    /**
     * Verifies some segments.
     *
     * @param between called before each, to stop by an exception
     */
    public VerifiedPart verify(Collection<ArchivedSegment> segments, Runnable between) {
        List<RepositoryProblem> problems = new ArrayList<>();
        long bytes = 0;
        for (ArchivedSegment segment : segments) {
            between.run();
            verify(segment).ifPresent(problems::add);
            bytes += WalSegment.BYTES;
        }
        return new VerifiedPart(segments.size(), bytes, problems);
    }

    private Optional<RepositoryProblem> verify(ArchivedSegment archived) {
        String name = archived.segment().name();
        if (archived.compression() == null) {
            return Optional.of(RepositoryProblem.unverifiable(
                    name, archived.path() + " is compressed with bzip2, which is not read here."));
        }
        try (InputStream stored = files.open(archived.path())) {
            ContentCheck.Content found =
                    content.read(stored, archived.path(), archived.compression(), false, HEAD_BYTES);
            return fault(archived, found)
                    .map(why -> RepositoryProblem.corrupt(name, archived.path() + " is damaged: " + why + "."));
        } catch (BackupUnusableException e) {
            // It was listed and is not there any more: pgBackRest has expired it, or somebody has taken it. The next
            // listing tells.
            return Optional.of(RepositoryProblem.unverifiable(
                    name, archived.path() + " was there when the check began, and is not any more."));
        } catch (IOException e) {
            return Optional.of(
                    RepositoryProblem.corrupt(name, archived.path() + " is damaged: " + e.getMessage() + "."));
        }
    }

    private Optional<String> fault(ArchivedSegment archived, ContentCheck.Content found) {
        WalSegment segment = archived.segment();
        if (found.size() != WalSegment.BYTES) {
            return Optional.of("it has " + found.size() + " bytes, expected " + WalSegment.BYTES);
        }
        if (!found.sha1().equals(archived.sha1())) {
            return Optional.of("its SHA-1 is " + found.sha1() + ", expected " + archived.sha1());
        }
        // In the byte order of the server, which is little-endian wherever its image runs.
        ByteBuffer page = found.head().order(ByteOrder.LITTLE_ENDIAN);
        if (page.getLong(ADDRESS_AT) != segment.start().position()) {
            return Optional.of(
                    "its first page is that of " + new Lsn(page.getLong(ADDRESS_AT)) + ", expected " + segment.start());
        }
        // A timeline's first segment begins with pages of the one before.
        if (page.getInt(TIMELINE_AT) > segment.timeline() || page.getInt(TIMELINE_AT) < 1) {
            return Optional.of("its first page is of timeline " + page.getInt(TIMELINE_AT) + ", expected at most "
                    + segment.timeline());
        }
        if (!Long.toUnsignedString(page.getLong(SYSTEM_AT)).equals(systemId)) {
            return Optional.of("it is of the cluster with system identifier "
                    + Long.toUnsignedString(page.getLong(SYSTEM_AT)) + ", expected " + systemId);
        }
        return page.getInt(SEGMENT_SIZE_AT) == WalSegment.BYTES
                ? Optional.empty()
                : Optional.of("its cluster has segments of " + page.getInt(SEGMENT_SIZE_AT) + " bytes, expected "
                        + WalSegment.BYTES);
    }
}
