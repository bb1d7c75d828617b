package dev.lifeboat.aws.pgbackrest;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a stanza's file names alone tell, without its passphrase and with a few requests however much it holds: when the newest segment and the
 * newest base backup arrived. Asks the storage at every call, and throws what {@link RepositoryFiles} does. Thread-safe.
 */
public final class RepositoryListing {
    private static final Pattern ARCHIVE = Pattern.compile("[0-9.]+-([0-9]{1,9})");
    private static final Pattern FOLDER = Pattern.compile("([0-9A-F]{8})[0-9A-F]{8}");
    private static final Pattern LABEL = Pattern.compile("[0-9]{8}-[0-9]{6}F(?:_([0-9]{8}-[0-9]{6})[DI])?");

    private final RepositoryFiles files;
    private final String stanza;

    /** @param stanza its name */
    public RepositoryListing(RepositoryFiles files, String stanza) {
        this.files = files;
        this.stanza = stanza;
    }

    /** The segment of the stanza's present cluster that arrived last; empty when there is none. */
    public Optional<ArchivedSegment> newestSegment() {
        return files.folders("archive/" + stanza).stream()
                .filter(id -> ARCHIVE.matcher(id).matches())
                .max(Comparator.comparingInt(RepositoryListing::number))
                .flatMap(this::newestSegment);
    }

    private static int number(String archiveId) {
        Matcher matcher = ARCHIVE.matcher(archiveId);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private Optional<ArchivedSegment> newestSegment(String archiveId) {
        String archive = "archive/" + stanza + "/" + archiveId;
        List<String> folders = files.folders(archive).stream()
                .filter(folder -> FOLDER.matcher(folder).matches())
                .toList();
        // A timeline that was left behind gets no segment any more, and which one that is, nobody says.
        return folders.stream()
                .filter(folder -> folders.stream()
                        .noneMatch(other -> other.startsWith(folder.substring(0, 8)) && other.compareTo(folder) > 0))
                .flatMap(folder -> files.list(archive + "/" + folder).stream())
                .map(ArchivedSegment::of)
                .flatMap(Optional::stream)
                .max(Comparator.comparing(ArchivedSegment::storedAt).thenComparing(ArchivedSegment::segment));
    }

    /** When the newest base backup was finished, which its manifest says by being there; empty when there is none. */
    public Optional<Instant> newestBackup() {
        return files.folders("backup/" + stanza).stream()
                .filter(label -> LABEL.matcher(label).matches())
                .sorted(Comparator.comparing(RepositoryListing::begun).reversed())
                .map(label -> files.find("backup/" + stanza + "/" + label + "/backup.manifest"))
                .flatMap(Optional::stream)
                .map(StoredFile::storedAt)
                .findFirst();
    }

    private static String begun(String label) {
        Matcher matcher = LABEL.matcher(label);
        return matcher.matches() && matcher.group(1) != null ? matcher.group(1) : label.substring(0, 15);
    }
}
