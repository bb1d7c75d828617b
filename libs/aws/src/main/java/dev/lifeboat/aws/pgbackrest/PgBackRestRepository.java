package dev.lifeboat.aws.pgbackrest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.error.BackupUnusableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One stanza of a repository, as it is now: every call asks the storage anew. Nothing in it is trusted: what cannot be understood is named,
 * never guessed. Thread-safe.
 *
 * <p>Methods throw {@link BackupUnusableException} when archive.info or backup.info and their copies are missing, damaged or encrypted with
 * another passphrase, and what {@link RepositoryFiles} throws when the storage does not answer.
 */
public final class PgBackRestRepository {
    /** A manifest has some 200 bytes for each file of a cluster: this is a million of them. */
    static final int MAX_INFO_BYTES = 256 << 20;

    private static final Pattern HISTORY = Pattern.compile("(?:.*/)?([0-9A-F]{8})\\.history");

    private final RepositoryFiles files;
    private final String stanza;
    private final Decryption decryption;

    /**
     * @param stanza its name
     * @param passphrase the value of repo1-cipher-pass; null for a repository that is not encrypted
     */
    public PgBackRestRepository(RepositoryFiles files, String stanza, String passphrase) {
        this.files = files;
        this.stanza = stanza;
        this.decryption = new Decryption(passphrase);
    }

    RepositoryFiles files() {
        return files;
    }

    /** Where the WAL lies, below the repository's root. */
    String archiveFolder() {
        return "archive/" + stanza;
    }

    /** Where the base backups lie, below the repository's root. */
    String backupFolder() {
        return "backup/" + stanza;
    }

    /** All of it but the contents of segments and of base backups. */
    public RepositoryContents read() {
        InfoFile archiveInfo = info(archiveFolder() + "/archive.info");
        List<String> problems = new ArrayList<>();
        try {
            Map<Integer, String> ids = archiveIds(archiveInfo);
            Decryption histories = new Decryption(archiveInfo.passphrase());
            List<WalArchive> archives = new ArrayList<>();
            for (Map.Entry<Integer, String> each : ids.entrySet()) {
                String systemId = InfoFile.json(archiveInfo
                                .section("db:history")
                                .get(each.getKey().toString()))
                        .path("db-id")
                        .asText();
                archives.add(archive(each.getValue(), systemId, histories, problems));
            }
            return new RepositoryContents(
                    archives, ids.get(archiveInfo.value("db", "db-id").asInt()), backups(ids), problems);
        } catch (IOException e) {
            throw unusable(archiveFolder() + "/archive.info", e.getMessage());
        }
    }

    /** By number of the cluster, {@code 15-1} for number 1 of a PostgreSQL 15. */
    private static Map<Integer, String> archiveIds(InfoFile archiveInfo) throws IOException {
        Map<Integer, String> ids = new TreeMap<>();
        for (Map.Entry<String, String> each : archiveInfo.section("db:history").entrySet()) {
            String version = InfoFile.json(each.getValue()).path("db-version").asText();
            ids.put(number(each.getKey()), version + "-" + each.getKey());
        }
        return ids;
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException("'" + text + "' is no number of a cluster", e);
        }
    }

    private WalArchive archive(String id, String systemId, Decryption histories, List<String> problems) {
        SortedMap<Integer, NavigableMap<Long, List<ArchivedSegment>>> timelines = new TreeMap<>();
        SortedMap<Integer, TimelineHistory> known = new TreeMap<>(Map.of(1, TimelineHistory.first()));
        for (StoredFile file : files.list(archiveFolder() + "/" + id)) {
            ArchivedSegment.of(file)
                    .ifPresent(archived -> timelines
                            .computeIfAbsent(archived.segment().timeline(), timeline -> WalArchive.emptyTimeline())
                            .computeIfAbsent(archived.segment().number(), number -> new ArrayList<>())
                            .add(archived));
            Matcher history = HISTORY.matcher(file.path());
            if (history.matches()) {
                int timeline = Integer.parseUnsignedInt(history.group(1), 16);
                try {
                    known.put(timeline, TimelineHistory.parse(timeline, text(file.path(), histories)));
                } catch (IOException e) {
                    problems.add("History file " + file.path() + " cannot be read: " + e.getMessage() + ".");
                }
            }
        }
        return new WalArchive(id, systemId, timelines, known);
    }

    /** The segments in one folder of an archive, 256 at most: those whose names have the same first 16 digits. */
    public List<ArchivedSegment> segments(String archiveId, String folder) {
        return files.list(archiveFolder() + "/" + archiveId + "/" + folder).stream()
                .map(ArchivedSegment::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private String text(String path, Decryption of) throws IOException {
        byte[] stored = files.read(path, TimelineHistory.MAX_BYTES)
                .orElseThrow(() -> new IOException("it was removed while the repository was read"));
        return new String(of.open(new ByteArrayInputStream(stored), false).readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<BaseBackup> backups(Map<Integer, String> archiveIds) {
        InfoFile backupInfo = info(backupFolder() + "/backup.info");
        try {
            List<BaseBackup> backups = new ArrayList<>();
            for (Map.Entry<String, String> each :
                    backupInfo.section("backup:current").entrySet()) {
                backups.add(backup(each.getKey(), InfoFile.json(each.getValue()), archiveIds));
            }
            backups.sort(Comparator.comparing(BaseBackup::stoppedAt).thenComparing(BaseBackup::label));
            return backups;
        } catch (IOException e) {
            throw unusable(backupFolder() + "/backup.info", e.getMessage());
        }
    }

    private static BaseBackup backup(String label, JsonNode of, Map<Integer, String> archiveIds) throws IOException {
        List<String> references = new ArrayList<>();
        of.path("backup-reference").forEach(reference -> references.add(reference.asText()));
        Map<String, String> annotations = new HashMap<>();
        of.path("backup-annotation")
                .properties()
                .forEach(each -> annotations.put(each.getKey(), each.getValue().asText()));
        try {
            return new BaseBackup(
                    label,
                    BaseBackup.Type.valueOf(of.path("backup-type").asText().toUpperCase(Locale.ROOT)),
                    Optional.ofNullable(archiveIds.get(of.path("db-id").asInt()))
                            .orElseThrow(
                                    () -> new IOException("backup " + label + " is of no cluster of archive.info")),
                    segment(label, of.path("backup-archive-start").asText()),
                    segment(label, of.path("backup-archive-stop").asText()),
                    Lsn.parse(of.path("backup-lsn-start").asText()),
                    Lsn.parse(of.path("backup-lsn-stop").asText()),
                    Instant.ofEpochSecond(of.path("backup-timestamp-start").asLong()),
                    Instant.ofEpochSecond(of.path("backup-timestamp-stop").asLong()),
                    references,
                    of.path("backup-error").asBoolean(),
                    annotations,
                    of.path("backup-info-size").asLong());
        } catch (IllegalArgumentException e) {
            throw new IOException("backup " + label + " is described wrongly: " + e.getMessage(), e);
        }
    }

    private static WalSegment segment(String label, String name) throws IOException {
        return WalSegment.parse(name)
                .orElseThrow(
                        () -> new IOException("backup " + label + " names '" + name + "', which is no WAL segment"));
    }

    /** The passphrase of the WAL; null where nothing is encrypted. */
    String archivePassphrase() {
        return passphrase(archiveFolder() + "/archive.info");
    }

    /** The passphrase of the base backups' manifests; null where nothing is encrypted. */
    String backupPassphrase() {
        return passphrase(backupFolder() + "/backup.info");
    }

    private String passphrase(String path) {
        try {
            return info(path).passphrase();
        } catch (IOException e) {
            throw unusable(path, e.getMessage());
        }
    }

    private InfoFile info(String path) {
        return info(path, decryption);
    }

    /** A file or, where that is missing or damaged, the copy that pgBackRest writes after it. */
    InfoFile info(String path, Decryption of) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String each : List.of(path, path + ".copy")) {
            Optional<byte[]> stored = files.read(each, MAX_INFO_BYTES);
            if (stored.isEmpty()) {
                reasons.put(each, "there is none");
                continue;
            }
            try {
                return InfoFile.parse(
                        of.open(new ByteArrayInputStream(stored.get()), false).readAllBytes());
            } catch (IOException e) {
                reasons.put(each, e.getMessage());
            }
        }
        throw unusable(path, reasons.get(path) + "; of its copy: " + reasons.get(path + ".copy"));
    }

    private BackupUnusableException unusable(String path, String why) {
        return new BackupUnusableException(
                "The repository's file " + files.name() + "/" + path + " cannot be used: " + why + ".",
                "Where it is there, the passphrase may be another one than the repository was made with; where it is not, no stanza '"
                        + stanza + "' was ever created there. `pgbackrest --stanza=" + stanza
                        + " info` asks the same.");
    }
}
